// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clients;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.ciba.AuthRequestID;
import com.nimbusds.oauth2.sdk.ciba.CIBAGrant;
import com.nimbusds.oauth2.sdk.ciba.CIBARequest;
import com.nimbusds.oauth2.sdk.ciba.CIBARequestAcknowledgement;
import com.nimbusds.oauth2.sdk.ciba.CIBAResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * A relying party of the Nimbus OAuth 2.0 SDK. What it knows of the server, it has from a discovery
 * document.
 *
 * @param metadata the discovery document
 * @param credentials new ones for each request: an assertion is good for one use
 */
record NimbusRelyingParty(
        OIDCProviderMetadata metadata, Supplier<ClientAuthentication> credentials) {

    private static final Scope OPENID = new Scope("openid");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    /** Starts a request that the library lets one make. */
    CIBAResponse start(UnaryOperator<CIBARequest.Builder> parameters) {
        return start(OPENID, parameters, request -> {});
    }

    /**
     * Starts a request with a change that the library would not make.
     *
     * @param change works on the request as it is about to be sent
     */
    CIBAResponse start(
            Scope scope,
            UnaryOperator<CIBARequest.Builder> parameters,
            Consumer<HTTPRequest> change) {
        CIBARequest request =
                parameters
                        .apply(new CIBARequest.Builder(credentials.get(), scope))
                        .endpointURI(metadata.getBackChannelAuthenticationEndpointURI())
                        .build();
        HTTPRequest http = request.toHTTPRequest();
        change.accept(http);
        try {
            return CIBAResponse.parse(http.send());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new AssertionError("Not a CIBA response", e);
        }
    }

    CIBARequestAcknowledgement started(String loginHint, String bindingMessage) {
        CIBAResponse response =
                start(request -> request.loginHint(loginHint).bindingMessage(bindingMessage));
        if (!response.indicatesSuccess()) {
            throw new AssertionError(response.toErrorResponse().getErrorObject().toJSONObject());
        }
        return response.toRequestAcknowledgement();
    }

    TokenResponse poll(AuthRequestID id) {
        try {
            return OIDCTokenResponseParser.parse(
                    new TokenRequest.Builder(
                                    metadata.getTokenEndpointURI(),
                                    credentials.get(),
                                    new CIBAGrant(id))
                            .build()
                            .toHTTPRequest()
                            .send());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new AssertionError("Not a token response", e);
        }
    }

    String pollError(AuthRequestID id) {
        return codeOf(poll(id));
    }

    /** Polls as CIBA Core §7.3 and §11 want it, until the answer is a last one. */
    TokenResponse pollUntilDecided(CIBARequestAcknowledgement started) {
        AtomicReference<Duration> interval =
                new AtomicReference<>(Duration.ofSeconds(started.getMinWaitInterval()));
        return Awaitility.await("a decision")
                .atMost(TIME_LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval((count, previous) -> interval.get())
                .until(
                        () -> {
                            TokenResponse answer = poll(started.getAuthRequestID());
                            if (codeOf(answer).equals("slow_down")) {
                                interval.updateAndGet(seconds -> seconds.plusSeconds(5));
                            }
                            return answer;
                        },
                        answer ->
                                !codeOf(answer).equals("authorization_pending")
                                        && !codeOf(answer).equals("slow_down"));
    }

    /** The error's code; empty for tokens. */
    static String codeOf(TokenResponse answer) {
        return answer.indicatesSuccess() ? "" : answer.toErrorResponse().getErrorObject().getCode();
    }
}

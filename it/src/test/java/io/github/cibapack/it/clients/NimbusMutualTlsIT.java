// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.PKITLSClientAuthentication;
import com.nimbusds.oauth2.sdk.ciba.CIBARequestAcknowledgement;
import com.nimbusds.oauth2.sdk.ciba.CIBAResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.HttpsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Nimbus OAuth 2.0 SDK with a certificate in the place of a secret. */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the key files are on this machine, not in the container")
class NimbusMutualTlsIT {

    private static final String CLIENT = "gas-pump-mtls";
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);
    private static final SSLContext OWN =
            HttpsServer.certificates().client("CN=gas-pump-mtls,O=CIBA Demo");
    private static final SSLContext ANOTHERS =
            HttpsServer.certificates().client("CN=another-client,O=CIBA Demo");
    private static final HttpClient BROWSER =
            HttpsServer.http(HttpsServer.certificates().anonymous());

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().sharing(HttpsServer::shared);

    @ParameterizedTest
    @ValueSource(strings = {"/as", ""})
    @Clause({"7.1-1", "10.1-1", "10.1.1-1"})
    void approvedRequestGetsTokens(String path) throws ParseException {
        NimbusRelyingParty rp = rp(path, OWN);
        String message = message();
        CIBARequestAcknowledgement started = rp.started("alice", message);
        assertThat(rp.pollError(started.getAuthRequestID())).isEqualTo("authorization_pending");
        decide(message, "approve");

        TokenResponse answer = rp.pollUntilDecided(started);

        assertThat(NimbusRelyingParty.codeOf(answer)).isEmpty();
        OIDCTokenResponse tokens = (OIDCTokenResponse) answer.toSuccessResponse();
        assertThat(tokens.getOIDCTokens().getIDToken()).isNotNull();
        assertThat(rp.pollError(started.getAuthRequestID())).isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/as", ""})
    void deniedRequestIsDenied(String path) throws ParseException {
        NimbusRelyingParty rp = rp(path, OWN);
        String message = message();
        CIBARequestAcknowledgement started = rp.started("alice", message);
        decide(message, "deny");

        assertThat(rp.pollError(started.getAuthRequestID())).isEqualTo("access_denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/as", ""})
    void certificateOfAnotherClientStartsNothing(String path) throws ParseException {
        CIBAResponse refused =
                rp(path, ANOTHERS)
                        .start(request -> request.loginHint("alice").bindingMessage(message()));

        assertThat(refused.indicatesSuccess()).isFalse();
        assertThat(refused.toErrorResponse().getErrorObject().getCode())
                .isEqualTo("invalid_client");
    }

    private static NimbusRelyingParty rp(String path, SSLContext certificate)
            throws ParseException {
        URI document = HttpsServer.https(REALM.url(path + "/.well-known/openid-configuration"));
        Answer found = RelyingParty.exchange(BROWSER, HttpRequest.newBuilder(document).build());
        return new NimbusRelyingParty(
                OIDCProviderMetadata.parse(found.body()),
                () ->
                        new PKITLSClientAuthentication(
                                new ClientID(CLIENT), certificate.getSocketFactory()));
    }

    /** Keycloak's own endpoint allows no spaces. */
    private static String message() {
        return "N" + UUID.randomUUID().toString().substring(0, 13);
    }

    private static void decide(String message, String decision) {
        ApprovalForm.decide(
                REALM.mailbox().await(mail -> mail.mentions(message), TIME_LIMIT).magicLink(),
                decision,
                BROWSER);
    }
}

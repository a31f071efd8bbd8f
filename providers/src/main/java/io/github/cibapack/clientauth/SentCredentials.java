// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.clientauth;

import io.github.cibapack.jwt.ForeignJwt;
import io.github.cibapack.text.LogLine;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.Profile;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jwk.JWKParser;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.BasicAuthHelper;

/**
 * What a client proves itself with, before an authenticator reads it: a {@code client_assertion}
 * (RFC 7523 §2.2), id and secret in the header (RFC 6749 §2.3.1), or a DPoP proof (RFC 9449 §4).
 */
public final class SentCredentials {
    /** What the client is told of a proof that cannot be read. */
    public static final String UNREADABLE_PROOF = "The DPoP proof cannot be read.";

    private SentCredentials() {}

    /** What cannot be read. */
    public enum Fault {
        /** The client's own credentials. */
        CREDENTIALS,
        /** The proof of a key (RFC 9449 §4). */
        PROOF
    }

    /** What libraries and logs must not see; empty if there is nothing of the kind. */
    public static Optional<Fault> faultOf(KeycloakSession session) {
        if (!isIdReadable(session) || !isAssertionReadable(session) || !isHeaderReadable(session)) {
            return Optional.of(Fault.CREDENTIALS);
        }
        return isProofReadable(session) ? Optional.empty() : Optional.of(Fault.PROOF);
    }

    /** The event of a client that is not known has its id. */
    private static boolean isIdReadable(KeycloakSession session) {
        return sent(session, OAuth2Constants.CLIENT_ID).allMatch(LogLine::isFit);
    }

    private static boolean isAssertionReadable(KeycloakSession session) {
        return sent(session, OAuth2Constants.CLIENT_ASSERTION)
                .allMatch(jwt -> ForeignJwt.faultOf(jwt).isEmpty());
    }

    private static Stream<String> sent(KeycloakSession session, String parameter) {
        return session
                .getContext()
                .getHttpRequest()
                .getDecodedFormParameters()
                .getOrDefault(parameter, List.of())
                .stream();
    }

    /**
     * Keycloak repeats names of a proof in log and event. It reads the key in the same way, and
     * fails where it is none.
     */
    private static boolean isProofReadable(KeycloakSession session) {
        if (!Profile.isFeatureEnabled(Profile.Feature.DPOP)) {
            return true;
        }
        String proof =
                session.getContext()
                        .getHttpRequest()
                        .getHttpHeaders()
                        .getHeaderString(OAuth2Constants.DPOP_HTTP_HEADER);
        if (proof == null) {
            return true;
        }
        if (ForeignJwt.faultOf(proof).isPresent()) {
            return false;
        }
        try {
            JWK key = new JWSInput(proof).getHeader().getKey();
            return key == null
                    || !JWKParser.create(key).isKeyTypeSupported(key.getKeyType())
                    || JWKParser.create(key).toPublicKey() != null;
        } catch (JWSInputException e) {
            // Keycloak says so itself
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Keycloak reads the first of several. */
    private static boolean isHeaderReadable(KeycloakSession session) {
        List<String> headers =
                session.getContext()
                        .getHttpRequest()
                        .getHttpHeaders()
                        .getRequestHeader(HttpHeaders.AUTHORIZATION);
        return headers == null || headers.stream().allMatch(SentCredentials::isHeaderReadable);
    }

    /** Keycloak reads it in the same way, and logs a stack trace of what cannot be decoded. */
    private static boolean isHeaderReadable(String header) {
        try {
            String[] sent = BasicAuthHelper.RFC6749.parseHeader(header);
            return sent == null || LogLine.isFit(sent[0]);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

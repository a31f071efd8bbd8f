// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.clientauth;

import io.github.cibapack.jwt.ForeignJwt;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
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
    private SentCredentials() {}

    /** Whether there are none, or such that libraries and logs may see. */
    public static boolean areReadable(KeycloakSession session) {
        return isAssertionReadable(session)
                && isHeaderReadable(session)
                && isProofReadable(session);
    }

    private static boolean isAssertionReadable(KeycloakSession session) {
        List<String> sent =
                session.getContext()
                        .getHttpRequest()
                        .getDecodedFormParameters()
                        .get(OAuth2Constants.CLIENT_ASSERTION);
        return sent == null || sent.stream().allMatch(jwt -> ForeignJwt.faultOf(jwt).isEmpty());
    }

    /** Keycloak reads the key of a proof in the same way, and fails where it is none. */
    private static boolean isProofReadable(KeycloakSession session) {
        if (!Profile.isFeatureEnabled(Profile.Feature.DPOP)) {
            return true;
        }
        String proof =
                session.getContext()
                        .getHttpRequest()
                        .getHttpHeaders()
                        .getHeaderString(OAuth2Constants.DPOP_HTTP_HEADER);
        try {
            JWK key = proof == null ? null : new JWSInput(proof).getHeader().getKey();
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

    /** Keycloak reads it in the same way, and logs a stack trace of what cannot be decoded. */
    private static boolean isHeaderReadable(KeycloakSession session) {
        String header =
                session.getContext()
                        .getHttpRequest()
                        .getHttpHeaders()
                        .getHeaderString(HttpHeaders.AUTHORIZATION);
        try {
            if (header != null) {
                BasicAuthHelper.RFC6749.parseHeader(header);
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

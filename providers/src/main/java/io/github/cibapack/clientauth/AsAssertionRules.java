// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.clientauth;

import io.github.cibapack.audit.CallContext;
import io.github.cibapack.text.MaxLength;
import io.github.cibapack.time.ServerClock;
import java.util.List;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.authenticators.client.AbstractJWTClientValidator;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;

/**
 * The rules for client assertions at the {@code as} endpoints. They run after Keycloak's signature
 * check and before its checks of audience and time. They change the parsed copy that the latter
 * read; the signature was verified over the original.
 */
final class AsAssertionRules {

    /**
     * The longest lifetime of an assertion, also for clients that may use a longer one elsewhere.
     */
    static final int MAX_SECONDS_AHEAD = 3600;

    /** Below the issuer. Keycloak's own endpoints accept none of these as an audience. */
    private static final List<String> AUDIENCES =
            List.of("/as", "/as/token", "/as/cibaAuthorization", "/as/cancel", "/as/status");

    private final ClientAuthenticationFlowContext context;
    private final AbstractJWTClientValidator validator;
    private final JsonWebToken assertion;

    private AsAssertionRules(AbstractJWTClientValidator validator) {
        this.validator = validator;
        this.context = validator.getContext();
        this.assertion = validator.getState().getToken();
    }

    /** Whether Keycloak's own checks may continue; if not, the context has the error. */
    static boolean admit(AbstractJWTClientValidator validator) {
        return !CallContext.isAtAs(validator.getContext().getSession())
                || new AsAssertionRules(validator).admit();
    }

    private boolean admit() {
        if (assertion.getAudience() != null && assertion.getAudience().length > 1) {
            return validator.failure("Multiple audiences not allowed");
        }
        if (!MaxLength.TOKEN_ID.admits(assertion.getId())) {
            // Keycloak stores it unchanged
            return validator.failure("The jti of the token is too long");
        }
        long now = ServerClock.seconds();
        if (assertion.getExp() != null && assertion.getExp() - now > MAX_SECONDS_AHEAD) {
            return validator.failure("Token expiration is too far in the future");
        }
        if (!hasOwnMaximum(validator.getClient())) {
            if (assertion.getIat() != null && now - assertion.getIat() > MAX_SECONDS_AHEAD) {
                return validator.failure("Token was issued too far in the past to be used now");
            }
            allowDocumentedAge(now);
        }
        translateAudience();
        return true;
    }

    /**
     * Keycloak allows one minute from {@code iat}. These endpoints allow an hour, which was just
     * checked, so {@code iat} is moved to now. Keycloak still refuses an {@code iat} in the future.
     */
    private void allowDocumentedAge(long now) {
        if (assertion.getIat() == null || assertion.getIat() < now) {
            assertion.iat(now);
        }
    }

    private static boolean hasOwnMaximum(ClientModel client) {
        String seconds =
                client.getAttribute(OIDCConfigAttributes.TOKEN_ENDPOINT_AUTH_SIGNING_MAX_EXP);
        return seconds != null && !seconds.isBlank();
    }

    private void translateAudience() {
        String[] audience = assertion.getAudience();
        String issuer =
                Urls.realmIssuer(context.getUriInfo().getBaseUri(), context.getRealm().getName());
        if (audience != null
                && audience.length == 1
                && AUDIENCES.stream().map(issuer::concat).anyMatch(audience[0]::equals)) {
            assertion.audience(issuer);
        }
    }
}

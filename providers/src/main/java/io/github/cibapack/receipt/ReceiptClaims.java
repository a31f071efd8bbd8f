// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.receipt;

import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Login;
import io.github.cibapack.request.OneTimeUse;
import io.github.cibapack.request.Outcome;
import io.github.cibapack.request.RequestKind;
import io.github.cibapack.resource.ResourceIndicators;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;

/** What was approved, when and how, all of it, as claims. */
public final class ReceiptClaims {

    /** The steps of one login take a while. */
    private static final long LOGIN_SECONDS = 300;

    private ReceiptClaims() {}

    /** The claims about an approval. */
    public static Map<String, Object> of(
            RealmModel realm, AuthenticationRequest request, Outcome outcome) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("auth_req_id", request.authReqId());
        claims.put("request_code", request.code());
        claims.put("decided_at", outcome.at());
        claims.put("approval_mode", outcome.login().isPresent() ? "login" : "link");
        outcome.login().ifPresent(login -> describe(realm, login, claims));
        request.bindingMessage().ifPresent(message -> claims.put("binding_message", message));
        request.authorizationDetails()
                .ifPresent(details -> claims.put(AuthorizationDetails.PARAMETER, details.claim()));
        request.resources()
                .ifPresent(resources -> claims.put(ResourceIndicators.PARAMETER, resources.uris()));
        request.once().ifPresent(use -> describe(use, claims));
        if (request.kind() != RequestKind.ONCE) {
            claims.put("scope", request.scope());
        }
        return claims;
    }

    private static void describe(OneTimeUse use, Map<String, Object> claims) {
        claims.put("api", use.api());
        claims.put("caller_client", use.clientId());
    }

    /** OpenID Connect Core §2: {@code acr}, {@code amr}, {@code auth_time}. */
    private static void describe(RealmModel realm, Login login, Map<String, Object> claims) {
        claims.put("acr", Integer.toString(login.level()));
        claims.put("auth_time", login.at());
        List<String> methods = methods(realm, login);
        if (!methods.isEmpty()) {
            claims.put("amr", methods);
        }
    }

    /**
     * The references that the realm has given its authenticators, of those that were completed in
     * this login, or so short before it that the realm lets them count.
     */
    private static List<String> methods(RealmModel realm, Login login) {
        return AuthenticatorUtils.parseCompletedExecutions(login.methods().orElse(""))
                .entrySet()
                .stream()
                .flatMap(
                        done ->
                                reference(realm, done.getKey(), login.at() - done.getValue())
                                        .stream())
                .distinct()
                .toList();
    }

    private static Optional<String> reference(RealmModel realm, String execution, long age) {
        return Optional.ofNullable(realm.getAuthenticationExecutionById(execution))
                .map(AuthenticationExecutionModel::getAuthenticatorConfig)
                .map(realm::getAuthenticatorConfigById)
                .map(AuthenticatorConfigModel::getConfig)
                .filter(config -> age <= Math.max(LOGIN_SECONDS, longest(config)))
                .map(config -> config.get(Constants.AUTHENTICATION_EXECUTION_REFERENCE_VALUE))
                .filter(reference -> !reference.isBlank());
    }

    private static long longest(Map<String, String> config) {
        String age = config.get(Constants.AUTHENTICATION_EXECUTION_REFERENCE_MAX_AGE);
        return age != null && age.matches("[0-9]{1,9}") ? Long.parseLong(age) : 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import io.github.cibapack.policy.SettingsComponentFactory;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;

/** The rejection handlers that a rule may name. */
public final class RejectionHandlers {
    public static final String API = "api-403";
    public static final String WEB = "web-403";
    public static final String RATE_LIMIT = "rate-limit-429";

    private static final String JSON = "application/json";
    private static final String JSON_BODY =
            "{\"error\":\"${reason}\",\"error_description\":\"${message} (Correlation ID:"
                    + " ${correlationId})\"}";
    public static final Map<String, Rejection> BUILT_IN =
            Map.of(
                    API,
                    Rejection.template(Status.FORBIDDEN.getStatusCode(), JSON, JSON_BODY),
                    WEB,
                    Rejection.page(),
                    RATE_LIMIT,
                    Rejection.template(Status.TOO_MANY_REQUESTS.getStatusCode(), JSON, JSON_BODY));

    private final RealmModel realm;

    RejectionHandlers(RealmModel realm) {
        this.realm = realm;
    }

    Optional<Rejection> find(String name) {
        return Optional.ofNullable(BUILT_IN.get(name)).or(() -> ofRealm(name));
    }

    private Optional<Rejection> ofRealm(String name) {
        return SettingsComponentFactory.ofRealm(
                        realm,
                        RejectionHandlerFactory.PROVIDER_ID,
                        RejectionHandlerFactory.NAME,
                        name)
                .findFirst()
                .map(RejectionHandlers::rejection);
    }

    /**
     * The handler of a component.
     *
     * @throws io.github.cibapack.policy.InvalidSettingException if a newer version of the pack has
     *     written it
     */
    static Rejection rejection(ComponentModel handler) {
        SettingsComponentFactory.requireKnownSchema(handler);
        Optional<Integer> status = RejectionHandlerFactory.STATUS.of(handler);
        return RejectionHandlerFactory.TYPE.of(handler) == HandlerType.REDIRECT
                ? Rejection.redirect(
                        status.orElse(302), RejectionHandlerFactory.URL.of(handler).orElseThrow())
                : Rejection.template(
                        status.orElse(Status.FORBIDDEN.getStatusCode()),
                        RejectionHandlerFactory.CONTENT_TYPE.of(handler).orElse(JSON),
                        RejectionHandlerFactory.TEMPLATE.of(handler).orElseThrow());
    }
}

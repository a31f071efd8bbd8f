// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserProvider;

/**
 * A view of a session in which nobody gives a lasting consent. Keycloak's grant stores one for
 * whatever scopes it issues; after an approval that was for one time, what was consented to before
 * must stand there afterwards, to the letter and to the date. To revoke what the grant has stored
 * would end other sessions and offline tokens, so it is not stored in the first place.
 */
final class ConsentFreeSession {
    private static final Set<String> CONSENT_WRITES = Set.of("addConsent", "updateConsent");

    private ConsentFreeSession() {}

    static KeycloakSession of(KeycloakSession session) {
        return view(
                KeycloakSession.class,
                (method, arguments) ->
                        "users".equals(method.getName())
                                ? usersOf(session)
                                : call(session, method, arguments));
    }

    private static UserProvider usersOf(KeycloakSession session) {
        return view(
                UserProvider.class,
                (method, arguments) ->
                        CONSENT_WRITES.contains(method.getName())
                                ? null
                                : call(session.users(), method, arguments));
    }

    @FunctionalInterface
    private interface Call {
        Object answer(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T view(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        ConsentFreeSession.class.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> call.answer(method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.usercode.UserCodeCheck;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.TokenManager;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;

/**
 * The {@code user_code} inside a signed request at Keycloak's own endpoint, which refuses any it
 * reads. Its parser works on a view of the session whose verified claims of a client that must send
 * a code come without it; signature and algorithm are checked by Keycloak as ever.
 */
final class SignedUserCode {

    private final BiConsumer<ClientModel, ObjectNode> further;

    private String code;

    /**
     * A view to come.
     *
     * @param further what else is taken out of the verified claims of a client
     */
    SignedUserCode(BiConsumer<ClientModel, ObjectNode> further) {
        this.further = further;
    }

    /** What the signed request had; empty before it is parsed, and where it had none. */
    Optional<String> code() {
        return Optional.ofNullable(code);
    }

    KeycloakSession over(KeycloakSession session) {
        return view(
                KeycloakSession.class,
                session,
                (method, value) ->
                        "tokens".equals(method.getName()) ? over((TokenManager) value) : value);
    }

    private TokenManager over(TokenManager tokens) {
        return (TokenManager)
                Proxy.newProxyInstance(
                        SignedUserCode.class.getClassLoader(),
                        new Class<?>[] {TokenManager.class},
                        (proxy, method, arguments) -> {
                            Object value = call(tokens, method, arguments);
                            if ("decodeClientJWT".equals(method.getName())
                                    && value instanceof ObjectNode claims) {
                                ClientModel client = (ClientModel) arguments[1];
                                further.accept(client, claims);
                                return UserCodeCheck.isNecessaryFor(client)
                                        ? withoutCode(claims)
                                        : claims;
                            }
                            return value;
                        });
    }

    private JsonNode withoutCode(ObjectNode claims) {
        JsonNode sent = claims.remove(CibaGrantType.USER_CODE);
        code = sent == null || sent.isNull() ? null : sent.asText();
        return claims;
    }

    @FunctionalInterface
    private interface Answer {
        Object to(Method method, Object value);
    }

    private static <T> T view(Class<T> type, T target, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(
                        SignedUserCode.class.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) ->
                                answer.to(method, call(target, method, arguments))));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.store;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.util.JsonSerialization;

/**
 * Runs inside the server. The contract is a class of the unit tests, which this module cannot be
 * compiled against: it is called by name.
 */
public final class StoreContractResource {
    private static final String CONTRACT = "io.github.cibapack.store.SingleUseContract";

    private static final String NOTES = "notes";
    private static final String NO_FORM = "none";
    private static final int FOR_A_TEST = 600;

    private final KeycloakSessionFactory sessions;

    StoreContractResource(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    /** What the store does not keep, line by line; empty if it keeps all. */
    @POST
    @Path("broken")
    public String broken() {
        try {
            Class<?> contract = Class.forName(CONTRACT);
            Class<?> type = Class.forName(CONTRACT + "$Store");
            Object store =
                    Proxy.newProxyInstance(
                            type.getClassLoader(),
                            new Class<?>[] {type},
                            (proxy, method, arguments) ->
                                    switch (method.getName()) {
                                        case "call" -> call(arguments[0]);
                                        case "pass" -> pass((Integer) arguments[0]);
                                        default ->
                                                throw new IllegalStateException(method.getName());
                                    });
            Object broken =
                    contract.getMethod("brokenBy", type, String.class)
                            .invoke(null, store, UUID.randomUUID().toString());
            return String.join("\n", ((List<?>) broken).stream().map(String::valueOf).toList());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The contract cannot be called", e);
        }
    }

    /**
     * Gives an entry another form, as another version of the pack would have written it.
     *
     * @param form {@code none} for none
     */
    @POST
    @Path("form")
    public String form(@QueryParam("key") String key, @QueryParam("form") String form) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions,
                own -> {
                    Map<String, String> kept = own.singleUseObjects().get(key);
                    if (kept == null) {
                        throw new IllegalArgumentException("There is no such entry");
                    }
                    String text = kept.get(NOTES);
                    own.singleUseObjects().put(key, FOR_A_TEST, formed(kept, text, form));
                    return text == null ? NO_FORM : text.substring(0, text.indexOf('{'));
                });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> formed(Map<String, String> kept, String text, String form) {
        try {
            String json =
                    text == null
                            ? JsonSerialization.writeValueAsString(kept)
                            : text.substring(text.indexOf('{'));
            return NO_FORM.equals(form)
                    ? JsonSerialization.readValue(json, Map.class)
                    : Map.of(NOTES, form + json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loses an entry. */
    @POST
    @Path("lose")
    public String lose(@QueryParam("key") String key) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions, own -> String.valueOf(own.singleUseObjects().remove(key) != null));
    }

    private Object call(Object function) {
        @SuppressWarnings("unchecked")
        Function<SingleUseObjectProvider, Object> call =
                (Function<SingleUseObjectProvider, Object>) function;
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions, own -> call.apply(own.singleUseObjects()));
    }

    /** Other tests use the server's clock, so this one waits until the time has really passed. */
    private static Object pass(int seconds) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds + 1L).toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return null;
    }
}

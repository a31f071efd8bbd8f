// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.scope.SessionView;
import io.github.cibapack.store.Entries;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.OAuth2DeviceUserCodeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Keycloak's device codes, which tell the state of requests. The one of a request that the pack has
 * started is kept where Keycloak does not look: to Keycloak's device grant and its page for user
 * codes, which do not make the checks of a poll, it does not exist.
 */
public final class DeviceCodes {

    /** Keycloak's note of the id that the relying party knows. */
    private static final String AUTH_REQ_ID = "ari";

    private static final String KEYCLOAKS_PREFIX = OAuth2DeviceCodeModel.createKey("");

    private DeviceCodes() {}

    /** The device code of a request, whatever its state. Costs one {@code get}. */
    static Optional<OAuth2DeviceCodeModel> find(
            RealmModel realm, SingleUseObjectProvider store, String requestId) {
        return notes(store, requestId)
                .map(notes -> OAuth2DeviceCodeModel.fromCache(realm, requestId, notes));
    }

    private static Optional<Map<String, String>> notes(
            SingleUseObjectProvider store, String requestId) {
        Optional<Map<String, String>> kept = new Entries(store).get(key(requestId));
        if (RequestIds.isOwn(requestId)) {
            kept.ifPresent(notes -> notes.put(AUTH_REQ_ID, RequestIds.shown(requestId)));
        }
        return kept;
    }

    /**
     * Keeps a device code.
     *
     * @param lifespan in seconds
     */
    static void keep(SingleUseObjectProvider store, OAuth2DeviceCodeModel code, long lifespan) {
        String requestId = code.getDeviceCode();
        Map<String, String> notes = code.toMap();
        if (RequestIds.isOwn(requestId)) {
            notes.remove(AUTH_REQ_ID);
            notes.values().removeIf(Objects::isNull);
            new Entries(store).put(key(requestId), lifespan, notes);
        } else {
            store.put(key(requestId), lifespan, notes);
        }
    }

    static void remove(SingleUseObjectProvider store, String requestId) {
        store.remove(key(requestId));
    }

    private static String key(String requestId) {
        return RequestIds.isOwn(requestId)
                ? "ciba.dc." + requestId
                : OAuth2DeviceCodeModel.createKey(requestId);
    }

    /** Keeps what Keycloak's callback finds the request by. */
    static void keepCallback(
            SingleUseObjectProvider store, OAuth2DeviceUserCodeModel callback, long lifespan) {
        store.put(callback.serializeKey(), lifespan, callback.serializeValue());
    }

    /** A session in which Keycloak's own classes find the device codes that are hidden. */
    public static KeycloakSession shownToKeycloak(KeycloakSession session) {
        return SessionView.of(
                KeycloakSession.class,
                session,
                Map.of(
                        "singleUseObjects",
                        (none, original) -> shown((SingleUseObjectProvider) original.answer())));
    }

    private static SingleUseObjectProvider shown(SingleUseObjectProvider store) {
        return SessionView.of(
                SingleUseObjectProvider.class,
                store,
                Map.of("get", (key, original) -> shown(store, (String) key[0])));
    }

    private static Map<String, String> shown(SingleUseObjectProvider store, String key) {
        String requestId =
                key.startsWith(KEYCLOAKS_PREFIX) ? key.substring(KEYCLOAKS_PREFIX.length()) : "";
        return RequestIds.isOwn(requestId) ? notes(store, requestId).orElse(null) : store.get(key);
    }
}

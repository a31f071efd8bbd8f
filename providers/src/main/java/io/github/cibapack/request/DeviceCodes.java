// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.scope.SessionView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.OAuth2DeviceUserCodeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Keycloak's device codes, which tell the state of requests. The one of a request that the pack has
 * started names its realm where Keycloak does not look: to Keycloak's device grant and its page for
 * user codes, which read the same entries and do not make the checks of a poll, it does not exist.
 */
public final class DeviceCodes {

    /** By which Keycloak's device code says whose it is. */
    private static final String REALM = "rid";

    private static final String HIDDEN_REALM = "hidden_rid";

    private DeviceCodes() {}

    /** The device code of a request, whatever its state. Costs one {@code get}. */
    static Optional<OAuth2DeviceCodeModel> find(
            RealmModel realm, SingleUseObjectProvider store, String requestId) {
        return Optional.ofNullable(store.get(OAuth2DeviceCodeModel.createKey(requestId)))
                .map(notes -> OAuth2DeviceCodeModel.fromCache(realm, requestId, unhidden(notes)));
    }

    /**
     * Keeps a device code.
     *
     * @param lifespan in seconds
     */
    static void keep(SingleUseObjectProvider store, OAuth2DeviceCodeModel code, long lifespan) {
        Map<String, String> notes = code.toMap();
        if (RequestIds.isOwn(code.getDeviceCode())) {
            notes.put(HIDDEN_REALM, notes.remove(REALM));
        }
        store.put(code.serializeKey(), lifespan, notes);
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
                Map.of("get", (key, original) -> unhidden(store.get((String) key[0]))));
    }

    /** The notes of an entry as Keycloak knows them, if it is a hidden device code. */
    private static Map<String, String> unhidden(Map<String, String> notes) {
        if (notes == null || !notes.containsKey(HIDDEN_REALM)) {
            return notes;
        }
        Map<String, String> known = new HashMap<>(notes);
        known.put(REALM, known.remove(HIDDEN_REALM));
        return known;
    }
}

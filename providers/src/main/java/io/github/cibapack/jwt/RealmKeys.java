// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.jwt;

import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.keys.KeyProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The realm's own keys, by the names under which the admin console lists their providers. */
public final class RealmKeys {
    private final KeycloakSession session;
    private final RealmModel realm;

    public RealmKeys(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    public static boolean exists(RealmModel realm, String name) {
        return provider(realm, name).isPresent();
    }

    /** The active signing key of a key provider; empty if it has none. */
    public Optional<KeyWrapper> named(String name) {
        return provider(realm, name)
                .flatMap(
                        provider ->
                                session.keys()
                                        .getKeysStream(realm)
                                        .filter(key -> provider.getId().equals(key.getProviderId()))
                                        .filter(key -> key.getUse() == KeyUse.SIG)
                                        .filter(key -> key.getStatus().isActive())
                                        .findFirst());
    }

    /** The key that the realm signs with where nothing else is said. */
    public KeyWrapper active() {
        String algorithm = realm.getDefaultSignatureAlgorithm();
        boolean symmetric = algorithm == null || algorithm.isEmpty() || algorithm.startsWith("HS");
        return session.keys()
                .getActiveKey(realm, KeyUse.SIG, symmetric ? Algorithm.RS256 : algorithm);
    }

    private static Optional<ComponentModel> provider(RealmModel realm, String name) {
        return realm.getComponentsStream(realm.getId(), KeyProvider.class.getName())
                .filter(provider -> name.equals(provider.getName()))
                .findFirst();
    }
}

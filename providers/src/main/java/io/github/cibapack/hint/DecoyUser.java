// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import io.github.cibapack.store.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.storage.adapter.AbstractInMemoryUserAdapter;

/**
 * Stands for a user who does not exist or cannot be asked, where a realm hides its users: all the
 * work of a request is done for it, and nothing is sent. Its id is made of the hint, so that the
 * limits of a user apply to a hint that names no user as well.
 */
public final class DecoyUser extends AbstractInMemoryUserAdapter {

    /** RFC 2606 §2: a domain that nobody can have. */
    private static final String ADDRESS = "@nobody.invalid";

    private DecoyUser(KeycloakSession session, RealmModel realm, String id) {
        super(session, realm, id);
        setUsername(id);
        setEmail(id + ADDRESS);
        setEmailVerified(true);
        setEnabled(true);
    }

    /** The one that stands for what this hint could have named. */
    public static DecoyUser of(KeycloakSession session, String hint) {
        RealmModel realm = session.getContext().getRealm();
        String hash = Hashes.sha256(realm.getId() + " " + hint);
        String id = UUID.nameUUIDFromBytes(hash.getBytes(StandardCharsets.UTF_8)).toString();
        return new DecoyUser(session, realm, id);
    }

    @Override
    public SubjectCredentialManager credentialManager() {
        throw new UnsupportedOperationException("nobody has no credentials");
    }
}

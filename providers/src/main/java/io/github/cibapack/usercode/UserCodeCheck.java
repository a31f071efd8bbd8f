// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.usercode;

import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.store.UserCodeTries;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Checks the user code of a request, if the client must send one. */
public final class UserCodeCheck {
    /** No id of a user. */
    private static final String NOBODY = "";

    private final KeycloakSession session;
    private final ClientModel client;
    private final UserModel user;
    private final OwnTransaction own;

    /** The result of a check. A client must not be able to distinguish the last two. */
    public enum Verdict {
        RIGHT,
        WRONG,
        /** Too many wrong codes: the code was not compared. */
        BLOCKED
    }

    public UserCodeCheck(KeycloakSession session, ClientModel client, UserModel user) {
        this.session = session;
        this.client = client;
        this.user = user;
        this.own = new OwnTransaction(session);
    }

    /**
     * Checks a code. After too many wrong codes no hash is computed: the answer is delayed by the
     * time that the last wrong one took.
     *
     * @param code as it was sent
     */
    public Verdict judge(String code) {
        long began = System.nanoTime();
        OptionalLong blocked = own.run(alone -> tries(alone).takeOrBlock());
        if (blocked.isPresent()) {
            LockSupport.parkNanos(blocked.getAsLong() - (System.nanoTime() - began));
            return Verdict.BLOCKED;
        }
        boolean right =
                new UserCodeCredentialProvider(session)
                        .isRight(session.getContext().getRealm(), user, UserCode.normalize(code));
        long took = System.nanoTime() - began;
        own.run(
                alone -> {
                    if (right) {
                        tries(alone).giveBack();
                    } else {
                        tries(alone).took(took);
                        triesOfNobody(alone, client).took(took);
                    }
                    return right;
                });
        return right ? Verdict.RIGHT : Verdict.WRONG;
    }

    /**
     * Takes as long as a wrong code does, in the place of a user who cannot be asked: where users
     * are hidden, the time of the answer must not tell either. Computes nothing if the client has
     * tried a wrong code of late, and counts no tries, as hints can be made up without end.
     */
    public static void passForAWrongCode(KeycloakSession session, ClientModel client) {
        long began = System.nanoTime();
        OwnTransaction own = new OwnTransaction(session);
        OptionalLong usual = own.run(alone -> triesOfNobody(alone, client).usualNanos());
        if (usual.isPresent()) {
            LockSupport.parkNanos(usual.getAsLong() - (System.nanoTime() - began));
            return;
        }
        new UserCodeCredentialProvider(session).compute(session.getContext().getRealm());
        long took = System.nanoTime() - began;
        own.run(
                alone -> {
                    triesOfNobody(alone, client).took(took);
                    return took;
                });
    }

    /** Internal ids are unique across realms, so the count needs no realm. */
    private UserCodeTries tries(KeycloakSession alone) {
        return new UserCodeTries(alone, client.getId(), user.getId());
    }

    private static UserCodeTries triesOfNobody(KeycloakSession alone, ClientModel client) {
        return new UserCodeTries(alone, client.getId(), NOBODY);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.usercode;

import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.store.UserCodeTries;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.UserModel;

/** Checks the user code of a request, if the client must send one. */
public final class UserCodeCheck {
    /** No id of a user. */
    private static final String NOBODY = "";

    private final KeycloakSession session;
    private final ClientModel client;
    private final UserModel user;

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
    }

    /**
     * Checks a code. After too many wrong codes no hash is computed: the answer is delayed by the
     * time that the last wrong one took.
     *
     * @param code as it was sent
     */
    public Verdict judge(String code) {
        long began = System.nanoTime();
        UserCodeTries.Try attempt = alone(own -> tries(own).take());
        if (attempt instanceof UserCodeTries.Try.Blocked blocked) {
            LockSupport.parkNanos(blocked.usualNanos() - (System.nanoTime() - began));
            return Verdict.BLOCKED;
        }
        boolean right =
                new UserCodeCredentialProvider(session)
                        .isRight(session.getContext().getRealm(), user, UserCode.normalize(code));
        long took = System.nanoTime() - began;
        alone(
                own -> {
                    if (right) {
                        tries(own).giveBack();
                    } else {
                        tries(own).took(took);
                        triesOfNobody(own, client).took(took);
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
        OptionalLong usual = alone(session, own -> triesOfNobody(own, client).usualNanos());
        if (usual.isPresent()) {
            LockSupport.parkNanos(usual.getAsLong() - (System.nanoTime() - began));
            return;
        }
        new UserCodeCredentialProvider(session).compute(session.getContext().getRealm());
        long took = System.nanoTime() - began;
        alone(
                session,
                own -> {
                    triesOfNobody(own, client).took(took);
                    return took;
                });
    }

    private <T> T alone(KeycloakSessionTaskWithResult<T> task) {
        return alone(session, task);
    }

    private static <T> T alone(KeycloakSession session, KeycloakSessionTaskWithResult<T> task) {
        return new OwnTransaction(session).run(task);
    }

    /** Internal ids are unique across realms, so the count needs no realm. */
    private UserCodeTries tries(KeycloakSession own) {
        return new UserCodeTries(own, client.getId(), user.getId());
    }

    private static UserCodeTries triesOfNobody(KeycloakSession own, ClientModel client) {
        return new UserCodeTries(own, client.getId(), NOBODY);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.usercode;

import io.github.cibapack.policy.UserCodeParameter;
import io.github.cibapack.store.UserCodeTries;
import java.util.concurrent.locks.LockSupport;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Checks the user code of a request, if the client must send one. */
public final class UserCodeCheck {

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

    public static boolean isNecessaryFor(ClientModel client) {
        return UserCodeParameter.isUsedBy(client);
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
                UserCodeCredentialProvider.of(session)
                        .isRight(session.getContext().getRealm(), user, UserCode.normalize(code));
        long took = System.nanoTime() - began;
        alone(
                own -> {
                    if (right) {
                        tries(own).giveBack();
                    } else {
                        tries(own).took(took);
                    }
                    return right;
                });
        return right ? Verdict.RIGHT : Verdict.WRONG;
    }

    private <T> T alone(KeycloakSessionTaskWithResult<T> task) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(), task);
    }

    /** Internal ids are unique across realms, so the count needs no realm. */
    private UserCodeTries tries(KeycloakSession own) {
        return new UserCodeTries(own, client.getId(), user.getId());
    }
}

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

/** Whether a client may have a user asked, where a code is due. */
public final class UserCodeCheck {

    private final KeycloakSession session;
    private final ClientModel client;
    private final UserModel user;

    /** What came of a check. A client must not be able to tell the last two apart. */
    public enum Verdict {
        RIGHT,
        WRONG,
        /** Too many wrong codes: the code was not even looked at. */
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
     * Looks at a code. Where too many have been wrong, nothing is computed: the answer comes after
     * the time that the last wrong one took.
     *
     * @param code as it came
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

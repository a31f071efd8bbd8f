// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.usercode;

import io.github.cibapack.policy.UserCodeParameter;
import io.github.cibapack.store.UserCodeTries;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
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
     * Looks at a code. The work is the same whatever comes of it.
     *
     * @param code as it came
     */
    public Verdict judge(String code) {
        boolean mayTry =
                KeycloakModelUtils.runJobInTransactionWithResult(
                        session.getKeycloakSessionFactory(), own -> tries(own).take());
        boolean right =
                UserCodeCredentialProvider.of(session)
                        .isRight(session.getContext().getRealm(), user, UserCode.normalize(code));
        if (!mayTry) {
            return Verdict.BLOCKED;
        }
        if (right) {
            KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(), own -> tries(own).giveBack());
        }
        return right ? Verdict.RIGHT : Verdict.WRONG;
    }

    /** Internal ids are unique across realms, so the count needs no realm. */
    private UserCodeTries tries(KeycloakSession own) {
        return new UserCodeTries(own, client.getId(), user.getId());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.policy.UserCodeParameter;
import io.github.cibapack.usercode.UserCodeCheck;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** The user code of a request (CIBA Core §7.1), if the client's registration asks for one. */
final class RequestedUserCode {
    private RequestedUserCode() {}

    /**
     * The code to judge; empty if none is due, whatever was sent.
     *
     * @throws CibaErrorException if one is due and missing
     */
    static Optional<String> of(ClientModel client, String sent) {
        if (!UserCodeParameter.isUsedBy(client)) {
            return Optional.empty();
        }
        if (sent == null || sent.isEmpty()) {
            throw new CibaErrorException(
                    CibaError.MISSING_USER_CODE, "The user_code is required.", "no_user_code");
        }
        return Optional.of(sent);
    }

    /**
     * Judges the code.
     *
     * @throws CibaErrorException if it is wrong, or too many have been
     */
    static void require(KeycloakSession session, ClientModel client, UserModel user, String code) {
        UserCodeCheck.Verdict verdict = new UserCodeCheck(session, client, user).judge(code);
        if (verdict != UserCodeCheck.Verdict.RIGHT) {
            throw new CibaErrorException(
                    CibaError.INVALID_USER_CODE,
                    "The user_code is not valid.",
                    "user_code_" + verdict.name().toLowerCase(Locale.ROOT));
        }
    }
}

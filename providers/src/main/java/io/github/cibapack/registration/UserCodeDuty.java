// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.registration;

import io.github.cibapack.policy.UserCodeParameter;
import java.util.Optional;
import org.keycloak.models.ClientModel;

/**
 * Whether a client must send user codes, and who has said so. A client can take back its own word
 * only: what an admin has switched on protects users from that very client.
 */
final class UserCodeDuty {

    /** Client attribute: what the client itself has registered last. */
    private static final String REGISTERED = "ciba.backchannel.user.code.parameter.registered";

    private final ClientModel client;

    UserCodeDuty(ClientModel client) {
        this.client = client;
    }

    /**
     * Takes what a client has sent of itself. A field that an update leaves out is deleted (RFC
     * 7592 §2.2), unless it is an admin's: that stays, as the answer tells.
     *
     * @param used {@code backchannel_user_code_parameter}; empty where it was not sent
     */
    void register(Optional<Boolean> used) {
        if (isAnAdmins()) {
            return;
        }
        set(UserCodeParameter.CLIENT_ATTRIBUTE, used);
        set(REGISTERED, used);
    }

    private boolean isAnAdmins() {
        return UserCodeParameter.isUsedBy(client)
                && !Boolean.parseBoolean(client.getAttribute(REGISTERED));
    }

    private void set(String attribute, Optional<Boolean> value) {
        value.ifPresentOrElse(
                flag -> client.setAttribute(attribute, flag.toString()),
                () -> client.removeAttribute(attribute));
    }
}

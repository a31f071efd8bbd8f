// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.registration;

import io.github.cibapack.policy.UserCodeParameter;
import java.util.Optional;
import org.keycloak.models.ClientModel;

/**
 * Whether a client must send user codes, and who required it. A client can switch off only what it
 * has switched on itself: an admin's setting protects users from that client.
 */
final class UserCodeDuty {

    /** Client attribute: the value that the client itself registered last. */
    private static final String REGISTERED = "ciba.backchannel.user.code.parameter.registered";

    private final ClientModel client;

    UserCodeDuty(ClientModel client) {
        this.client = client;
    }

    /**
     * Applies what a client has sent. A field that an update omits is deleted (RFC 7592 §2.2),
     * unless an admin has set it; the answer contains the value in force.
     *
     * @param used {@code backchannel_user_code_parameter}; empty if it was not sent
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

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import org.keycloak.models.ClientModel;

/** Whether requests may carry a {@code user_code} (CIBA Core §4). */
public final class UserCodeParameter {

    /**
     * {@code backchannel_user_code_parameter_supported} of the discovery documents: whether this
     * server checks user codes.
     */
    public static final boolean SUPPORTED = true;

    /** Client attribute; {@code true} makes a code necessary. */
    public static final String CLIENT_ATTRIBUTE = "ciba.backchannel.user.code.parameter";

    /** The client metadata field that the attribute keeps. */
    public static final String METADATA = "backchannel_user_code_parameter";

    private UserCodeParameter() {}

    /** Whether the client has registered that it sends user codes, so that one is due. */
    public static boolean isUsedBy(ClientModel client) {
        return Boolean.parseBoolean(client.getAttribute(CLIENT_ATTRIBUTE));
    }
}

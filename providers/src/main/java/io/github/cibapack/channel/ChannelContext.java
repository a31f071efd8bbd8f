// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.CibaPolicy;
import org.keycloak.models.KeycloakSession;

/**
 * What a channel has to work with.
 *
 * @param session of the HTTP request, or of the step that uses the channel
 * @param policy of the request, as it is for the user
 * @param sending what this node sends with; null where an admin has unloaded the pack's channels
 * @param places of this HTTP request; null like that
 */
record ChannelContext(
        KeycloakSession session, CibaPolicy policy, Sending sending, QueuePlaces places) {

    ChannelContext(KeycloakSession session, CibaPolicy policy, Sending sending) {
        this(session, policy, sending, new QueuePlaces(session, sending));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.Optional;
import org.keycloak.events.EventBuilder;

/**
 * What an event tells of the request that it is about. None of it is a secret.
 *
 * @param clientId the client id
 * @param channel how the user is reached
 * @param policy the CIBA policy that the request is asked under, if it is known
 * @param scope what was asked for
 * @param bindingMessage the message that both devices show
 * @param requesterIp where the relying party's request came from
 */
public record EventDetails(
        String clientId,
        String channel,
        Optional<PolicyFacts> policy,
        String scope,
        Optional<String> bindingMessage,
        String requesterIp) {

    /** Adds the facts to an event. */
    public EventBuilder addTo(EventBuilder event) {
        policy.ifPresent(facts -> facts.addTo(event));
        bindingMessage.ifPresent(message -> event.detail(CibaEvents.BINDING_MESSAGE, message));
        return event.detail(CibaEvents.CLIENT, clientId)
                .detail(CibaEvents.CHANNEL, channel)
                .detail(CibaEvents.REQUESTED_SCOPE, scope)
                .detail(CibaEvents.REQUESTER_IP, requesterIp);
    }
}

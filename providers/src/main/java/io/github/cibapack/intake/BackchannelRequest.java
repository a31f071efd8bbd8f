// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.CallerAddress;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.HeldBackEvent;
import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.request.OneTimeUse;
import io.github.cibapack.resource.ResourceIndicators;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;

/**
 * What a relying party asked for, parsed and in itself valid (CIBA Core §7.1).
 *
 * @param hint who is meant
 * @param scope the scopes, {@code openid} among them
 * @param bindingMessage in NFC
 * @param acrValues as sent
 * @param requestedExpiry in seconds
 * @param notificationToken what to show at the client's notification endpoint, in ping mode
 * @param context what the relying party tells about where the request began, as JSON
 * @param once what a gateway tells of the request that it holds back
 * @param details what is asked for in detail (RFC 9396)
 * @param resources what the token is asked for (RFC 8707)
 * @param userCode the code to judge, if the client must send one
 * @param parsed Keycloak's own view of the request, for client policies
 */
record BackchannelRequest(
        Hint hint,
        String scope,
        Optional<String> bindingMessage,
        Optional<String> acrValues,
        Optional<Integer> requestedExpiry,
        Optional<String> notificationToken,
        Optional<String> context,
        Optional<OneTimeUse> once,
        Optional<AuthorizationDetails> details,
        Optional<ResourceIndicators> resources,
        Optional<String> userCode,
        BackchannelAuthenticationEndpointRequest parsed) {

    void describe(HeldBackEvent event, KeycloakSession session, ClientModel client) {
        acrValues.ifPresent(
                acr -> event.detail(CibaEvents.ACR_VALUES, CibaEvents.fromOutside(acr)));
        bindingMessage.ifPresent(message -> event.detail(CibaEvents.BINDING_MESSAGE, message));
        event.detail(CibaEvents.CLIENT, client.getClientId())
                .detail(CibaEvents.REQUESTED_SCOPE, CibaEvents.fromOutside(scope))
                .detail(CibaEvents.REQUESTER_IP, CallerAddress.of(session));
        describeTargets(event);
    }

    private void describeTargets(HeldBackEvent event) {
        details.ifPresent(asked -> asked.describe(event));
        resources.ifPresent(asked -> asked.describe(event));
    }

    /** The same request with what Keycloak's parser does not read. */
    BackchannelRequest targeting(
            Optional<AuthorizationDetails> asked,
            Optional<ResourceIndicators> at,
            HeldBackEvent event) {
        BackchannelRequest whole =
                new BackchannelRequest(
                        hint,
                        scope,
                        bindingMessage,
                        acrValues,
                        requestedExpiry,
                        notificationToken,
                        context,
                        once,
                        asked,
                        at,
                        userCode,
                        parsed);
        whole.describeTargets(event);
        return whole;
    }

    /** Adds them to what is kept of the request and told an HTTP channel. */
    void addTargets(CIBAAuthenticationRequest request) {
        details.ifPresent(
                asked -> request.setOtherClaims(AuthorizationDetails.PARAMETER, asked.json()));
        resources.ifPresent(
                asked -> request.setOtherClaims(ResourceIndicators.PARAMETER, asked.serialized()));
    }
}

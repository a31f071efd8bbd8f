// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.DeviceCodes;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.request.Requests;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelResponse.Status;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationCallbackEndpoint;
import org.keycloak.protocol.oidc.grants.device.endpoints.DeviceEndpoint;

/**
 * Keycloak's callback for decisions that an HTTP channel's server has taken. Requests that are
 * Keycloak's alone go Keycloak's way; those that the pack has taken in are decided like any other
 * of them, so that they have one winner, an end and their places given back.
 */
final class ChannelCallbackEndpoint extends BackchannelAuthenticationCallbackEndpoint {

    ChannelCallbackEndpoint(KeycloakSession session, EventBuilder event) {
        super(DeviceCodes.shownToKeycloak(session), event);
    }

    @Override
    protected void approveRequest(String authResultId, Map<String, String> additionalParams) {
        own(authResultId)
                .ifPresentOrElse(
                        request -> decide(request, Decision.APPROVED),
                        () -> super.approveRequest(authResultId, additionalParams));
    }

    @Override
    protected void denyRequest(String authResultId, Status status) {
        own(authResultId)
                .ifPresentOrElse(
                        request -> decide(request, Decision.DENIED),
                        () -> super.denyRequest(authResultId, status));
    }

    /** A second word on a request that has been decided must not undo the first. */
    @Override
    protected void cancelRequest(String authResultId) {
        if (own(authResultId).isEmpty()) {
            super.cancelRequest(authResultId);
        }
    }

    private void decide(AuthenticationRequest request, Decision decision) {
        new Outcomes(session)
                .decide(
                        request,
                        decision,
                        Optional.empty(),
                        Map.of(CibaEvents.CHANNEL, ChannelType.HTTP));
    }

    /** The request, if the pack has taken it in: at either endpoint, with a place of its own. */
    private Optional<AuthenticationRequest> own(String authResultId) {
        return Optional.ofNullable(DeviceEndpoint.getDeviceByUserCode(session, realm, authResultId))
                .flatMap(code -> new Requests(session).find(code.getDeviceCode()))
                .filter(
                        request ->
                                RequestIds.isOwn(request.id())
                                        || request.reserved().place().isPresent());
    }
}

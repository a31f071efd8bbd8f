// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.RequestFacts;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.store.Decision;
import io.github.cibapack.store.RequestIds;
import io.github.cibapack.store.RequestRecord;
import io.github.cibapack.store.RequestStore;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
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
        super(session, event);
    }

    @Override
    protected void approveRequest(String authResultId, Map<String, String> additionalParams) {
        Optional<OAuth2DeviceCodeModel> own = own(authResultId);
        if (own.isEmpty()) {
            super.approveRequest(authResultId, additionalParams);
            return;
        }
        decide(own.get(), Decision.APPROVED, CibaEvent.APPROVED);
    }

    @Override
    protected void denyRequest(String authResultId, Status status) {
        Optional<OAuth2DeviceCodeModel> own = own(authResultId);
        if (own.isEmpty()) {
            super.denyRequest(authResultId, status);
            return;
        }
        decide(own.get(), Decision.DENIED, CibaEvent.DENIED);
    }

    /** A second word on a request that has been decided must not undo the first. */
    @Override
    protected void cancelRequest(String authResultId) {
        if (own(authResultId).isEmpty()) {
            super.cancelRequest(authResultId);
        }
    }

    private void decide(OAuth2DeviceCodeModel request, Decision decision, CibaEvent step) {
        RequestStore store = new RequestStore(session);
        Optional<RequestRecord> record = store.record(request.getDeviceCode());
        EventBuilder decided =
                new RequestFacts(
                                request.getClientId(),
                                Channel.HTTP.value(),
                                record.flatMap(RequestRecord::policy),
                                AuditTrail.fromOutside(request.getScope()),
                                record.flatMap(RequestRecord::bindingMessage),
                                null)
                        .addTo(AuditTrail.event(session, step))
                        .client(session.getContext().getClient())
                        .user(record.map(RequestRecord::userId).orElse(null))
                        .detail(AuditTrail.AUTH_REQ_ID, RequestIds.shown(request.getDeviceCode()))
                        .detail(AuditTrail.DECISION, decision.value());
        if (store.decide(request.getDeviceCode(), decision)) {
            decided.success();
        }
    }

    /** The request, where the pack has taken it in: at either endpoint, with a place of its own. */
    private Optional<OAuth2DeviceCodeModel> own(String authResultId) {
        return Optional.ofNullable(DeviceEndpoint.getDeviceByUserCode(session, realm, authResultId))
                .filter(
                        request ->
                                RequestIds.isOwn(request.getDeviceCode())
                                        || new RequestStore(session)
                                                .record(request.getDeviceCode())
                                                .flatMap(RequestRecord::slots)
                                                .isPresent());
    }
}

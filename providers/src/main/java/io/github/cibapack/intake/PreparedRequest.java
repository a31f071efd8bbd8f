// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CallerAddress;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.RequestFacts;
import io.github.cibapack.channel.CibaChannelProvider;
import io.github.cibapack.channel.Gate;
import io.github.cibapack.channel.Route;
import io.github.cibapack.channel.UnreachableException;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.RequestPolicy;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * A request at Keycloak's own endpoint whose place is taken, while Keycloak calls the channel and
 * keeps the request.
 */
final class PreparedRequest implements Gate {
    private final KeycloakSession session;
    private final CIBAAuthenticationRequest request;
    private final Admission admission;
    private final int expiresIn;
    private final boolean hiding;
    private final boolean forNobody;
    private Route route;
    private Optional<CibaErrorException> refused = Optional.empty();

    /**
     * A request that has not taken its place yet.
     *
     * @param expiresIn lifetime in seconds
     * @param hiding whether the relying party must not learn who exists
     * @param forNobody whether it stands for somebody who cannot be asked, which has been written
     *     down already
     */
    PreparedRequest(
            KeycloakSession session,
            CIBAAuthenticationRequest request,
            CibaPolicy policy,
            int expiresIn,
            boolean hiding,
            boolean forNobody) {
        this.session = session;
        this.request = request;
        this.admission = new Admission(session, request, policy, expiresIn);
        this.expiresIn = expiresIn;
        this.hiding = hiding;
        this.forNobody = forNobody;
    }

    /**
     * Takes the place.
     *
     * @throws CibaErrorException where nobody can be asked, as far as can be known beforehand
     */
    void enter(CibaChannelProvider channels) {
        try {
            route = channels.route(request, admission.policy(), this);
            admission.enter(route.first());
        } catch (UnreachableException e) {
            throw CibaErrorException.unreachable(e);
        }
    }

    @Override
    public void pass(Channel channel) {
        admission.pass(channel);
    }

    @Override
    public boolean leavesToInbox() {
        return admission.leavesToInbox();
    }

    @Override
    public boolean hides(RuntimeException failure) {
        if (failure instanceof UnreachableException unreachable) {
            refused = Optional.of(CibaErrorException.unreachable(unreachable));
        } else if (failure instanceof CibaErrorException refusal) {
            refused = Optional.of(refusal);
        }
        return hiding && refused.filter(CibaErrorException::dependsOnUser).isPresent();
    }

    /** Somebody has been asked, or it must look like that. */
    void record() {
        admission.record(route.used().orElse(admission.policy().channel()));
        if (forNobody) {
            return;
        }
        if (refused.isPresent()) {
            EventBuilder event = event(CibaEvent.REFUSED).detail(AuditTrail.HIDDEN, "true");
            refused.get().describe(event, session);
            event.error(refused.get().error().code());
        } else {
            EventBuilder event =
                    event(CibaEvent.REQUESTED)
                            .detail(AuditTrail.EXPIRES_IN, Integer.toString(expiresIn));
            admission.describe(event);
            event.success();
        }
    }

    /** Nobody has been asked: why, where it is the pack that knows. The limits are as before. */
    Optional<CibaErrorException> failed() {
        admission.leave();
        return refused;
    }

    /** An event of this request, with its id and its channels. */
    EventBuilder event(CibaEvent step) {
        EventBuilder event =
                event(session, request, step).detail(AuditTrail.AUTH_REQ_ID, request.getId());
        route.used().ifPresent(used -> event.detail(AuditTrail.CHANNEL, used.value()));
        route.failed().ifPresent(failed -> event.detail(AuditTrail.FAILED_CHANNELS, failed));
        return event;
    }

    /** An event of a request, with what it asks for. */
    static EventBuilder event(
            KeycloakSession session, CIBAAuthenticationRequest request, CibaEvent step) {
        return new RequestFacts(
                        request.getClient().getClientId(),
                        null,
                        RequestPolicy.of(session).map(CibaPolicy::facts),
                        AuditTrail.fromOutside(request.getScope()),
                        Optional.ofNullable(request.getBindingMessage()),
                        CallerAddress.of(session))
                .addTo(AuditTrail.event(session, step))
                .client(request.getClient())
                .user(request.getUser())
                .detail(AuditTrail.ACR_VALUES, AuditTrail.fromOutside(request.getAcrValues()));
    }
}

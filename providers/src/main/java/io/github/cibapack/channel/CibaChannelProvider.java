// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.MailQueue;
import io.github.cibapack.health.Fitness;
import io.github.cibapack.health.OutOfService;
import io.github.cibapack.notification.Asking;
import io.github.cibapack.notification.NotificationLimits;
import io.github.cibapack.notification.ThrottledException;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.policy.RequestPolicy;
import io.github.cibapack.store.RequestIds;
import io.github.cibapack.store.RequestRecord;
import io.github.cibapack.store.Ticket;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

import java.util.Optional;

/** Routes a request to the first usable channel of its policy. */
public final class CibaChannelProvider implements AuthenticationChannelProvider {
    private final KeycloakSession session;
    private final MailQueue queue;
    private final Fitness fitness;

    CibaChannelProvider(KeycloakSession session, MailQueue queue, Fitness fitness) {
        this.session = session;
        this.queue = queue;
        this.fitness = fitness;
    }

    /**
     * The way of a request along the channels of its policy, kept for {@link
     * #requestAuthentication}.
     *
     * @param gate is asked before a channel is used
     * @throws UnreachableException where this server is not fit to ask anybody
     */
    public Route route(CIBAAuthenticationRequest request, CibaPolicy policy, Gate gate) {
        Optional<OutOfService.Reason> obstacle = fitness.obstacle();
        if (obstacle.isPresent()) {
            throw new UnreachableException(Unreachable.because(obstacle.get()));
        }
        Route route =
                new Route(
                        policy.channels().stream().map(channel -> way(channel, policy)).toList(),
                        new InboxChannel(session, policy),
                        request,
                        gate);
        session.setAttribute(Route.class.getName(), route);
        return route;
    }

    @Override
    public boolean requestAuthentication(
            CIBAAuthenticationRequest request, String infoUsedByAuthenticator) {
        CibaPolicy policy = policyOf(request);
        if (policy.isKeycloaksOwnChannel() && !RequestIds.isOwn(request.getId())) {
            return keycloaks().requestAuthentication(request, infoUsedByAuthenticator);
        }
        Route route =
                Optional.ofNullable(session.getAttribute(Route.class.getName(), Route.class))
                        .filter(prepared -> prepared.isOf(request))
                        .orElseGet(() -> route(request, policy, channel -> {}));
        try {
            route.ask(infoUsedByAuthenticator);
        } catch (RuntimeException e) {
            if (!route.gate().hides(e)) {
                throw e;
            }
        }
        return true;
    }

    private CibaPolicy policyOf(CIBAAuthenticationRequest request) {
        return RequestPolicy.of(session)
                .orElseGet(
                        () ->
                                new CibaPolicies(session.getContext().getRealm())
                                        .of(
                                                request.getClient(),
                                                Optional.ofNullable(request.getAcrValues())));
    }

    private Way way(Channel channel, CibaPolicy policy) {
        return switch (channel) {
            case EMAIL -> new EmailChannel(session, queue, policy);
            case HTTP -> new HttpChannel(session, policy);
            case INBOX -> new InboxChannel(session, policy);
        };
    }

    /**
     * Sends the e-mail of a pending request once more, limited like any other.
     *
     * @param record the request
     * @param ticket what its page needs
     * @throws UnreachableException if the user cannot be reached by mail
     * @throws ThrottledException where a limit is reached
     */
    public void resend(RequestRecord record, Ticket ticket, ClientModel client, UserModel user)
            throws ThrottledException {
        RealmModel realm = session.getContext().getRealm();
        CibaPolicy policy = policyOf(record, client).forUser(realm, user.getId());
        Runnable send = new EmailChannel(session, queue, policy).again(ticket, client, user);
        // last, as what is counted does not go back with the transaction
        new NotificationLimits(
                        session,
                        new Asking(
                                record.requestId(),
                                client.getId(),
                                user.getId(),
                                Asking.addressOf(user),
                                0,
                                0,
                                false),
                        new NotificationPolicies(realm).of(client, policy))
                .takeMail();
        send.run();
    }

    /** In the version that the request was started with, if it is still there. */
    private CibaPolicy policyOf(RequestRecord record, ClientModel client) {
        CibaPolicies policies = new CibaPolicies(session.getContext().getRealm());
        return record.policy()
                .flatMap(
                        facts ->
                                facts.version()
                                        .flatMap(version -> policies.find(facts.name(), version)))
                .orElseGet(() -> policies.of(client, record.acrValues()));
    }

    /** For an admin who wants to see a policy's mail. */
    public TestMail testMail() {
        return new TestMail(session, queue);
    }

    private AuthenticationChannelProvider keycloaks() {
        return HttpChannel.servers(session)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "Keycloak's HTTP authentication channel is not loaded"));
    }

    @Override
    public void close() {
        // holds nothing
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.CibaEmailTemplateProvider;
import io.github.cibapack.email.Envelope;
import io.github.cibapack.email.Fallback;
import io.github.cibapack.email.MailModel;
import io.github.cibapack.email.MailQueue;
import io.github.cibapack.email.RenderedMail;
import io.github.cibapack.email.UndeliveredException;
import io.github.cibapack.hint.StandIn;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.store.RequestStore;
import io.github.cibapack.store.Ticket;
import io.github.cibapack.time.ServerClock;

import org.keycloak.email.EmailException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

import java.util.Map;
import java.util.Optional;

/** Reaches a user by a mail with a magic link. */
final class EmailChannel implements Way {
    private final KeycloakSession session;
    private final MailQueue queue;
    private final CibaPolicy policy;
    private final Tickets tickets;
    private final TermsOfPolicy terms;
    private final MagicLink link;

    EmailChannel(KeycloakSession session, MailQueue queue, CibaPolicy policy) {
        this.session = session;
        this.queue = queue;
        this.policy = policy;
        this.tickets = new Tickets(session, policy);
        this.terms = new TermsOfPolicy(session, policy);
        this.link = new MagicLink(session);
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public void requireUsable(CIBAAuthenticationRequest request) {
        requireReachable(request.getUser());
        terms.requireReady(request.getUser(), terms.askForLogin(request));
    }

    private void requireReachable(UserModel user) {
        requireVerifiedAddress(user);
        requireMailServer();
        link.base();
        terms.requireFeasible();
        place();
    }

    /**
     * Makes the ticket, renders the mail and queues it for after the commit, or sends it at once
     * where the policy wants to know at once.
     */
    @Override
    public void ask(CIBAAuthenticationRequest request, String info) {
        Ticket ticket = tickets.of(request, Channel.EMAIL);
        String secret = Ticket.newSecret();
        ClientModel client = request.getClient();
        UserModel user = request.getUser();
        long life = ticket.expiresAt() - ticket.createdAt();
        Envelope envelope =
                envelope(
                        ticket,
                        render(ticket, secret, life, client, user),
                        client,
                        user,
                        !hidesUsers(),
                        LaterChannels.behindEmail(policy, request, info));
        RequestStore store = new RequestStore(session);
        if (request.getUser() instanceof StandIn) {
            // all the work is done; the mail is for nobody, and its place goes back
            store.keep(ticket, secret);
        } else if (policy.get(CibaPolicyFactory.SYNCHRONOUS_SENDING)) {
            // before anything is kept: where it fails, another channel keeps its own
            sendNow(envelope);
            store.keep(ticket, secret);
        } else {
            store.keep(ticket, secret);
            queue(envelope);
        }
    }

    private void queue(Envelope envelope) {
        if (hidesUsers()) {
            place().sendAfterTheAnswer(session, envelope);
        } else {
            place().sendAfterCommit(session, envelope);
        }
    }

    private boolean hidesUsers() {
        return new CibaPolicies(session.getContext().getRealm()).hidesUsers(policy);
    }

    /**
     * Queues another mail for a pending request, with a link of its own. The store does not know
     * the secret of the first link, which stays good. Whether this mail arrives says nothing about
     * the first one, so it never ends the request.
     *
     * @return to be called when all that may fail has been done
     * @throws UnreachableException if the user cannot be reached by mail
     */
    Runnable again(Ticket ticket, ClientModel client, UserModel user) {
        requireReachable(user);
        String secret = Ticket.newSecret();
        new RequestStore(session).keep(ticket, secret);
        long rest = ticket.expiresAt() - ServerClock.seconds();
        RenderedMail mail = render(ticket, secret, rest, client, user);
        Envelope envelope = envelope(ticket, mail, client, user, false, Optional.empty());
        MailQueue.Place place = place();
        return () -> place.sendAfterCommit(session, envelope);
    }

    private void sendNow(Envelope envelope) {
        try {
            place().sendNow(session, envelope);
        } catch (UndeliveredException e) {
            throw new UnreachableException(
                    e.isPermanent() ? Unreachable.MAIL_REFUSED : Unreachable.MAIL_NOT_SENT);
        }
    }

    private MailQueue.Place place() {
        return queue.reserve(session)
                .orElseThrow(() -> new UnreachableException(Unreachable.QUEUE_FULL));
    }

    private RenderedMail render(
            Ticket ticket, String secret, long secondsLeft, ClientModel client, UserModel user) {
        MailModel model =
                new MailModel(
                        link.to(secret),
                        LoginClient.of(session.getContext().getRealm()).map(login -> link.inbox()),
                        ticket.scope(),
                        ticket.bindingMessage(),
                        ticket.authReqId(),
                        ticket.requestedFrom(),
                        ticket.createdAt(),
                        secondsLeft,
                        policy.get(CibaPolicyFactory.TEMPLATES));
        try {
            return CibaEmailTemplateProvider.of(session).render(model, client, user);
        } catch (EmailException e) {
            throw new IllegalStateException("The mail cannot be rendered", e);
        }
    }

    private static Envelope envelope(
            Ticket ticket,
            RenderedMail mail,
            ClientModel client,
            UserModel user,
            boolean endsRequest,
            Optional<Fallback> fallback) {
        return new Envelope(
                ticket.realmId(),
                ticket.requestId(),
                ticket.authReqId(),
                client.getClientId(),
                ticket.userId(),
                ticket.correlationId(),
                ticket.facts(client.getClientId()),
                ticket.createdAt(),
                ticket.expiresAt(),
                Envelope.newMessageKey(),
                endsRequest,
                fallback,
                user.getEmail(),
                mail);
    }

    private static void requireVerifiedAddress(UserModel user) {
        if (!user.isEmailVerified() || user.getEmail() == null || user.getEmail().isBlank()) {
            throw new UnreachableException(Unreachable.NO_VERIFIED_ADDRESS);
        }
    }

    /**
     * The realm's mail settings, whichever sender reads them: without any no sender can do its
     * work.
     */
    private void requireMailServer() {
        RealmModel realm = session.getContext().getRealm();
        Map<String, String> settings = realm.getSmtpConfig();
        if (settings.isEmpty()) {
            throw new UnreachableException(Unreachable.NO_MAIL_SERVER);
        }
    }
}

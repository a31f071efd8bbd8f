// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.CibaEmailTemplateProvider;
import io.github.cibapack.email.MailModel;
import io.github.cibapack.email.MailOutbox;
import io.github.cibapack.email.OutgoingMail;
import io.github.cibapack.email.RenderedMail;
import io.github.cibapack.email.RequestMail;
import io.github.cibapack.email.UndeliveredException;
import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.request.ApprovalTerms;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.time.ServerClock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.email.EmailException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Reaches a user by a mail with a magic link. */
final class EmailChannel implements Channel {
    private final KeycloakSession session;
    private final Supplier<MailOutbox.Reservation> place;
    private final CibaPolicy policy;
    private final RequirementsResolver requirements;
    private final MagicLink link;

    /**
     * E-mail under a policy.
     *
     * @param place the place in the mail queue that this HTTP request has or gets
     */
    EmailChannel(
            KeycloakSession session, Supplier<MailOutbox.Reservation> place, CibaPolicy policy) {
        this.session = session;
        this.place = place;
        this.policy = policy;
        this.requirements = new RequirementsResolver(session, policy);
        this.link = new MagicLink(session);
    }

    @Override
    public ChannelType type() {
        return ChannelType.EMAIL;
    }

    @Override
    public boolean countsAsMessage() {
        return true;
    }

    @Override
    public void check(UserModel user, ApprovalTerms terms) {
        requireReachable(user);
        requirements.requireReady(user, terms.login());
    }

    private void requireReachable(UserModel user) {
        requireVerifiedAddress(user);
        requireMailServer();
        link.base();
        requirements.requireFeasible();
        MailOutbox.Reservation unused = place.get();
    }

    /** Renders the mail; sends it at once if the policy wants to know at once. */
    @Override
    public Runnable deliver(OutgoingRequest outgoing) {
        AuthenticationRequest request = outgoing.request();
        RenderedMail mail =
                render(
                        request,
                        outgoing.secret(),
                        request.expiresAt() - request.createdAt(),
                        outgoing.client(),
                        outgoing.user());
        RequestMail envelope =
                new RequestMail(
                        request,
                        !hidesUsers(),
                        FallbackChannels.behindEmail(policy, outgoing),
                        OutgoingMail.to(outgoing.user().getEmail(), mail));
        if (outgoing.user() instanceof DecoyUser) {
            // all the work is done; nobody gets the mail, and its place goes back
            return () -> {};
        }
        if (policy.get(CibaPolicyFactory.SYNCHRONOUS_SENDING)) {
            sendNow(envelope);
            return () -> {};
        }
        return () -> queue(envelope);
    }

    private void queue(RequestMail envelope) {
        if (hidesUsers()) {
            place.get().sendAfterTheAnswer(session, envelope);
        } else {
            place.get().sendAfterCommit(session, envelope);
        }
    }

    private boolean hidesUsers() {
        return new CibaPolicies(session.getContext().getRealm()).hidesUsers(policy);
    }

    /**
     * Prepares another mail for a pending request, with a link of its own. The store does not know
     * the secret of the first link, which stays good. Whether this mail arrives says nothing about
     * the first one, so it never ends the request.
     *
     * @return to be called when the link is in the store
     * @throws UnreachableException if the user cannot be reached by mail
     */
    Runnable again(
            AuthenticationRequest request, String secret, ClientModel client, UserModel user) {
        requireReachable(user);
        long rest = request.expiresAt() - ServerClock.seconds();
        RenderedMail mail = render(request, secret, rest, client, user);
        RequestMail envelope =
                new RequestMail(
                        request, false, Optional.empty(), OutgoingMail.to(user.getEmail(), mail));
        return () -> place.get().sendAfterCommit(session, envelope);
    }

    private void sendNow(RequestMail envelope) {
        try {
            place.get().sendNow(session, envelope);
        } catch (UndeliveredException e) {
            throw new UnreachableException(
                    e.isPermanent() ? Unreachable.MAIL_REFUSED : Unreachable.MAIL_NOT_SENT);
        }
    }

    private RenderedMail render(
            AuthenticationRequest request,
            String secret,
            long secondsLeft,
            ClientModel client,
            UserModel user) {
        MailModel model =
                new MailModel(
                        link.to(secret),
                        LoginClient.of(session.getContext().getRealm()).map(login -> link.inbox()),
                        request.scope(),
                        request.bindingMessage(),
                        request.authorizationDetails(),
                        request.authReqId(),
                        request.context().address(),
                        request.createdAt(),
                        secondsLeft,
                        policy.get(CibaPolicyFactory.TEMPLATES));
        try {
            return CibaEmailTemplateProvider.of(session).render(model, client, user);
        } catch (EmailException e) {
            throw new IllegalStateException("The mail cannot be rendered", e);
        }
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

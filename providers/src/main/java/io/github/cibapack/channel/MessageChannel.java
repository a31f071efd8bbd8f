// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.message.Envelope;
import io.github.cibapack.message.NextChannel;
import io.github.cibapack.message.Outbox;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.request.ApprovalTerms;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.time.ServerClock;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/** Reaches a user by a message with a magic link, sent when the request is stored. */
final class MessageChannel implements Channel {
    private final ChannelContext context;
    private final MessageKind kind;
    private final RequirementsResolver requirements;

    MessageChannel(ChannelContext context, MessageKind kind) {
        this.context = context;
        this.kind = kind;
        this.requirements = new RequirementsResolver(context.session(), context.policy());
    }

    @Override
    public ChannelType type() {
        return kind;
    }

    @Override
    public void check(UserModel user, ApprovalTerms terms) {
        requireReachable(user);
        place();
        requirements.requireReady(user, terms.login());
    }

    private void requireReachable(UserModel user) {
        if (!(user instanceof DecoyUser)) {
            kind.requireAddress(context.policy(), user);
        }
        kind.requireSetUp(context);
        new RequestWords(context.session(), context.policy()).requireLinkHost();
        requirements.requireFeasible();
    }

    /** Writes the message; sends it at once if the policy wants to know at once. */
    @Override
    public Runnable deliver(OutgoingRequest outgoing, NextChannel next) {
        requireMemory(written(outgoing, Duration.ZERO, next));
        if (outgoing.user() instanceof DecoyUser) {
            // all the work is done; nobody gets the message, and its place goes back
            return () -> {};
        }
        if (context.policy().get(CibaPolicyFactory.SYNCHRONOUS_SENDING)) {
            sendNow();
            return () -> {};
        }
        return hidesUsers()
                ? () -> place().sendAfterTheAnswer(context.session())
                : () -> place().sendAfterCommit(context.session());
    }

    private void requireMemory(Envelope message) {
        if (!place().holds(message)) {
            throw new UnreachableException(Unreachable.QUEUE_FULL);
        }
    }

    private Outbox.Reservation place() {
        return context.placeFor(kind);
    }

    private boolean hidesUsers() {
        return new CibaPolicies(context.session().getContext().getRealm())
                .hidesUsers(context.policy());
    }

    /** Written now, while there is an HTTP request; its place in the queue is taken later. */
    @Override
    public Optional<Envelope> prepare(OutgoingRequest outgoing, Duration delay, NextChannel next) {
        requireReachable(outgoing.user());
        requirements.requireReady(outgoing.user(), outgoing.request().terms().login());
        return Optional.of(written(outgoing, delay, next));
    }

    private Envelope written(OutgoingRequest outgoing, Duration delay, NextChannel next) {
        AuthenticationRequest request = outgoing.request();
        long life = request.expiresAt() - request.createdAt();
        return new Envelope(
                request.over(kind.value()),
                kind.write(
                        context,
                        new LinkedRequest(
                                request,
                                outgoing.secret(),
                                Math.max(1, life - delay.toSeconds()),
                                outgoing.client(),
                                outgoing.user())),
                !hidesUsers(),
                next);
    }

    /**
     * Prepares another message for a pending request, with a link of its own. The store does not
     * know the secret of the first link, which stays good. Whether this message arrives says
     * nothing about the first one, so it never ends the request.
     *
     * @return to be called when the link is in the store
     * @throws UnreachableException if the user cannot be reached this way
     */
    Runnable again(
            AuthenticationRequest request, String secret, ClientModel client, UserModel user) {
        requireReachable(user);
        place();
        long rest = request.expiresAt() - ServerClock.seconds();
        Envelope message =
                new Envelope(
                        request.over(kind.value()),
                        kind.write(context, new LinkedRequest(request, secret, rest, client, user)),
                        false,
                        NextChannel.NONE);
        requireMemory(message);
        return () -> place().sendAfterCommit(context.session());
    }

    private void sendNow() {
        try {
            place().sendNow(context.session());
        } catch (UndeliveredException e) {
            throw new UnreachableException(kind.notTaken(e.isPermanent()));
        }
    }
}

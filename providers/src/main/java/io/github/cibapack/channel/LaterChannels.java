// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.message.Envelope;
import io.github.cibapack.message.NextChannel;
import io.github.cibapack.policy.ChannelDelays;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.AfterCommit;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.text.HeapBytes;
import io.github.cibapack.text.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * The channels of a request behind the first one. Each is used once: when its time has come and
 * nobody has decided, or earlier, when the one before it turns out to reach nobody. Plain values
 * only, as nothing of the request's session outlives it; kept in the memory of the node that took
 * the request in.
 */
final class LaterChannels implements NextChannel {

    private static final long FIXED_BYTES = 4096;
    private static final int FORMS = 2;

    /** What came of using one. */
    enum Use {
        USED,
        /** It cannot reach the user. */
        UNUSABLE,
        /** It has no place for another message at the moment. */
        FULL
    }

    private final Sending sending;
    private final CibaPolicy policy;
    private final AuthenticationRequest request;
    private final String asked;
    private final String info;
    private long bytes;
    private final List<LaterChannel> left = new ArrayList<>();
    private final Map<LaterChannel, LaterChannel> standIns = new HashMap<>();

    /** Those that may still reach the user, or have: the first one, and each that is used. */
    private int underway = 1;

    private LaterChannels(ChannelContext context, OutgoingRequest outgoing, boolean isLast) {
        this.sending = context.sending();
        this.policy = context.policy();
        this.request = outgoing.request();
        // only later channels need it
        this.asked = isLast ? "" : Json.write(outgoing.asked());
        this.info = outgoing.info();
        this.bytes = FIXED_BYTES + FORMS * HeapBytes.of(asked);
    }

    /** The channels of a policy behind one that is about to be used. */
    static LaterChannels behind(
            ChannelContext context, List<ChannelType> behind, OutgoingRequest outgoing) {
        LaterChannels later = new LaterChannels(context, outgoing, behind.isEmpty());
        ChannelDelays delays = context.policy().get(CibaPolicyFactory.CHANNEL_DELAYS);
        Optional<Duration> inherited = Optional.empty();
        for (ChannelType type : behind) {
            Optional<Duration> delay = delays.of(type).map(Duration::ofSeconds);
            ChannelKind kind = ChannelKind.of(type);
            try {
                Optional<Envelope> message =
                        kind.in(context).prepare(outgoing, delay.orElse(Duration.ZERO), later);
                later.bytes += message.map(written -> written.message().bytes()).orElse(0L);
                later.left.add(new LaterChannel(kind, delay, message).after(inherited));
                inherited = Optional.empty();
            } catch (UnreachableException e) {
                inherited = delay.isPresent() ? delay : inherited;
            }
        }
        return later;
    }

    /**
     * Waits for the times of those that have one within the request's life. To be called when the
     * request is stored.
     */
    void schedule(KeycloakSession session) {
        for (LaterChannel channel : List.copyOf(left)) {
            channel.delay()
                    .filter(delay -> delay.toSeconds() < request.expiresAt() - request.createdAt())
                    .map(
                            delay ->
                                    new WaitingStep(
                                            new OwnTransaction(session), this, channel, delay))
                    .ifPresent(step -> AfterCommit.run(session, () -> submit(step)));
        }
    }

    private void submit(WaitingStep step) {
        if (!sending.steps().submit(step, step.delay())) {
            step.giveUp("no_place");
        }
    }

    AuthenticationRequest request() {
        return request;
    }

    @Override
    public synchronized boolean isThere() {
        return !left.isEmpty();
    }

    @Override
    public synchronized Optional<String> takeOver(KeycloakSession session) {
        underway--;
        while (!left.isEmpty()) {
            LaterChannel next = left.remove(0);
            if (use(session, next) == Use.USED) {
                return Optional.of(next.kind().value());
            }
        }
        return Optional.empty();
    }

    /** The messages, and the request itself in two forms. */
    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public synchronized boolean isLastToFail() {
        return underway == 0 && left.isEmpty();
    }

    /**
     * The time of a channel has come.
     *
     * @return what came of it; empty if it has been used before
     */
    synchronized Optional<Use> due(KeycloakSession session, LaterChannel channel) {
        int index = left.indexOf(nowFor(channel));
        if (index < 0) {
            return Optional.empty();
        }
        Use use = use(session, left.get(index));
        while (use == Use.UNUSABLE) {
            left.remove(index);
            // its alternatives stand directly behind it
            if (index == left.size() || left.get(index).delay().isPresent()) {
                return Optional.of(use);
            }
            standIns.put(channel, left.get(index));
            use = use(session, left.get(index));
        }
        if (use == Use.USED) {
            left.remove(index);
        }
        return Optional.of(use);
    }

    /** What is used at the time of a channel: an alternative, if it has turned out unusable. */
    synchronized LaterChannel nowFor(LaterChannel channel) {
        return standIns.getOrDefault(channel, channel);
    }

    private Use use(KeycloakSession session, LaterChannel channel) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = realm.getClientById(request.clientId());
        UserModel user = session.users().getUserById(realm, request.userId());
        if (client == null || !client.isEnabled() || user == null || !user.isEnabled()) {
            return Use.UNUSABLE;
        }
        session.getContext().setClient(client);
        // nobody could use an approval of it
        if (!request.addressUnchanged(user)) {
            return Use.UNUSABLE;
        }
        return channel.message().isPresent()
                ? submit(channel.kind(), channel.message().get())
                : deliver(session, channel.kind(), client, user);
    }

    private Use submit(ChannelKind kind, Envelope message) {
        underway++;
        if (sending.outbox(kind).submit(message)) {
            return Use.USED;
        }
        underway--;
        return Use.FULL;
    }

    private Use deliver(
            KeycloakSession session, ChannelKind kind, ClientModel client, UserModel user) {
        CIBAAuthenticationRequest again = Json.read(asked, CIBAAuthenticationRequest.class);
        again.setClient(client);
        again.setUser(user);
        Channel channel = kind.in(new ChannelContext(session, policy, sending));
        Optional<AuthenticationRequest> stored = new Requests(session).find(request.id());
        if (stored.isEmpty()) {
            return Use.UNUSABLE;
        }
        try {
            channel.check(user, stored.get().terms());
            // the link of a message is of no use to the channels that send none
            channel.deliver(new OutgoingRequest(stored.get(), again, "", info), NONE).run();
            underway++;
            return Use.USED;
        } catch (UnreachableException e) {
            return Use.UNUSABLE;
        }
    }

    /** Never prints what was asked. */
    @Override
    public String toString() {
        return "LaterChannels[" + request.authReqId() + "]";
    }
}

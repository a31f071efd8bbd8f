// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.policy.ChannelDelays;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.request.ApprovalTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;

/**
 * The channels of one request in the order of its policy. If none can be used, the first one's
 * reason is the answer, so that a second channel tells nobody more than the first one alone would.
 */
public final class ChannelSequence {
    private final ChannelContext context;
    private final List<Channel> channels;
    private final Map<ChannelType, UnreachableException> failures = new LinkedHashMap<>();

    ChannelSequence(ChannelContext context, List<Channel> channels) {
        this.context = context;
        this.channels = List.copyOf(channels);
    }

    /**
     * The first channel that has not failed and can be used as far as can be known beforehand, with
     * those that may be used later on.
     *
     * @throws UnreachableException if there is none: the reason of the first
     */
    public Reach next(UserModel user, ApprovalTerms terms) {
        return channels.stream()
                .filter(channel -> isUsable(channel, user, terms))
                .findFirst()
                .map(channel -> reachOf(channel.type()))
                .orElseThrow(() -> failures.get(channels.get(0).type()));
    }

    /** The list of requests, for a request that is not to be sent. */
    public Reach inbox() {
        return Reach.of(ChannelType.of(InboxChannelKind.VALUE));
    }

    private Reach reachOf(ChannelType first) {
        return new Reach(Stream.concat(Stream.of(first), behind(first)).toList());
    }

    /**
     * A channel that sends within the request fails within it, so only time brings others; and if
     * another server decides, there is no page for them to link to.
     */
    private Stream<ChannelType> behind(ChannelType first) {
        if (first.isDecidedElsewhere()) {
            return Stream.empty();
        }
        Stream<ChannelType> behind = context.policy().channelsBehind(first).stream();
        ChannelDelays delays = context.policy().get(CibaPolicyFactory.CHANNEL_DELAYS);
        return first.sendsMessage() ? behind : behind.dropWhile(type -> delays.of(type).isEmpty());
    }

    /**
     * Delivers a request through the first of the channels.
     *
     * @return what is left to do when the request is stored; empty if the channel has failed
     */
    public Optional<Runnable> deliver(Reach reach, OutgoingRequest outgoing) {
        LaterChannels later = LaterChannels.behind(context, reach.behind(), outgoing);
        try {
            Runnable first = channel(reach.first()).deliver(outgoing, later);
            return Optional.of(
                    () -> {
                        first.run();
                        // nobody waits for a decoy
                        if (!(outgoing.user() instanceof DecoyUser)) {
                            later.schedule(context.session());
                        }
                    });
        } catch (UnreachableException e) {
            failures.put(reach.first(), e);
            return Optional.empty();
        }
    }

    private Channel channel(ChannelType type) {
        return channels.stream()
                .filter(channel -> channel.type() == type)
                .findFirst()
                .orElseGet(() -> ChannelKind.of(type).in(context));
    }

    /** For the event: the channels that could not be used, each with its reason. */
    public Optional<String> failed() {
        return failures.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        failures.entrySet().stream()
                                .map(
                                        failure ->
                                                failure.getKey().value()
                                                        + ":"
                                                        + failure.getValue().why().reason())
                                .collect(Collectors.joining(" ")));
    }

    /** Whether a channel could not be used because the user's address is not verified. */
    public boolean lackVerifiedAddress() {
        return failures.values().stream()
                .anyMatch(failure -> failure.why() == Unreachable.NO_VERIFIED_ADDRESS);
    }

    private boolean isUsable(Channel channel, UserModel user, ApprovalTerms terms) {
        if (failures.containsKey(channel.type())) {
            return false;
        }
        try {
            channel.check(user, terms);
            return true;
        } catch (UnreachableException e) {
            failures.put(channel.type(), e);
            return false;
        }
    }
}

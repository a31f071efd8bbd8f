// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.request.ApprovalTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.models.UserModel;

/**
 * The channels of one request in the order of its policy. If none can be used, the first one's
 * reason is the answer, so that a second channel tells nobody more than the first one alone would.
 */
public final class ChannelSequence {
    private final List<Channel> channels;
    private final Channel inbox;
    private final Map<ChannelType, UnreachableException> failures = new LinkedHashMap<>();

    ChannelSequence(List<Channel> channels, Channel inbox) {
        this.channels = List.copyOf(channels);
        this.inbox = inbox;
    }

    /**
     * The first channel that has not failed and can be used as far as can be known beforehand.
     *
     * @throws UnreachableException if there is none: the reason of the first
     */
    public Channel next(UserModel user, ApprovalTerms terms) {
        return channels.stream()
                .filter(channel -> isUsable(channel, user, terms))
                .findFirst()
                .orElseThrow(() -> failures.get(channels.get(0).type()));
    }

    /** The list of requests, for a request that is not to be sent. */
    public Channel inbox() {
        return inbox;
    }

    /**
     * Delivers a request through one of the channels.
     *
     * @return what is left to do when the request is stored; empty if the channel has failed
     */
    public Optional<Runnable> deliver(Channel channel, OutgoingRequest outgoing) {
        try {
            return Optional.of(channel.deliver(outgoing));
        } catch (UnreachableException e) {
            failures.put(channel.type(), e);
            return Optional.empty();
        }
    }

    /** For the event: the channels that could not be used, each with its reason. */
    public Optional<String> failed() {
        return failures.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        failures.entrySet().stream()
                                .map(entry -> entry.getKey().value() + ":" + reason(entry))
                                .collect(Collectors.joining(" ")));
    }

    private static String reason(Map.Entry<ChannelType, UnreachableException> failure) {
        return failure.getValue().why().name().toLowerCase(Locale.ROOT);
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

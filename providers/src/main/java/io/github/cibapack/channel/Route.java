// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * The way of one request along the channels of its policy: the first one that can be used asks the
 * user. Where none can, the first one's reason is the answer, so that a second channel tells nobody
 * more than the first one alone would.
 */
public final class Route {
    private final List<Way> ways;
    private final InboxChannel inbox;
    private final CIBAAuthenticationRequest request;
    private final Gate gate;
    private final Map<Channel, UnreachableException> failures = new LinkedHashMap<>();
    private Channel used;

    Route(List<Way> ways, InboxChannel inbox, CIBAAuthenticationRequest request, Gate gate) {
        this.ways = ways;
        this.inbox = inbox;
        this.request = request;
        this.gate = gate;
    }

    /**
     * The first channel that can be used as far as can be known beforehand. Keycloak turns anything
     * that a channel throws into a 503, so the endpoints ask here first.
     *
     * @throws UnreachableException if there is none: the reason of the first
     */
    public Channel first() {
        return ways.stream()
                .filter(this::isUsable)
                .findFirst()
                .map(Way::channel)
                .orElseThrow(this::exhausted);
    }

    /**
     * Asks the user.
     *
     * @throws UnreachableException if no channel can: the reason of the first
     */
    void ask(String info) {
        if (gate.leavesToInbox()) {
            inbox.ask(request, info);
            used = inbox.channel();
            return;
        }
        for (Way way : ways) {
            if (isUsable(way)) {
                gate.pass(way.channel());
                if (hasAsked(way, info)) {
                    used = way.channel();
                    return;
                }
            }
        }
        throw exhausted();
    }

    /** The channel that has asked; nothing where none has. */
    public Optional<Channel> used() {
        return Optional.ofNullable(used);
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

    boolean isOf(CIBAAuthenticationRequest other) {
        return request.getId().equals(other.getId());
    }

    Gate gate() {
        return gate;
    }

    private static String reason(Map.Entry<Channel, UnreachableException> failure) {
        return failure.getValue().why().name().toLowerCase(Locale.ROOT);
    }

    private boolean isUsable(Way way) {
        if (failures.containsKey(way.channel())) {
            return false;
        }
        try {
            way.requireUsable(request);
            return true;
        } catch (UnreachableException e) {
            failures.put(way.channel(), e);
            return false;
        }
    }

    private boolean hasAsked(Way way, String info) {
        try {
            way.ask(request, info);
            return true;
        } catch (UnreachableException e) {
            failures.put(way.channel(), e);
            return false;
        }
    }

    private UnreachableException exhausted() {
        return failures.get(ways.get(0).channel());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * After how many seconds a channel of a policy is used as well, if nobody has decided by then. How
 * they are written: {@code email=30,http=60}.
 */
public final class ChannelDelays {
    static final String RANGE = "channel=seconds, 1–3600; comma-separated";

    static final ChannelDelays NONE = new ChannelDelays(Map.of());

    private static final int LONGEST = 3600;

    private final Map<String, Integer> seconds;

    private ChannelDelays(Map<String, Integer> seconds) {
        this.seconds = Map.copyOf(seconds);
    }

    /**
     * Reads the value of the setting.
     *
     * @throws IllegalArgumentException with the rule that is broken
     */
    static ChannelDelays parse(List<String> values) {
        Map<String, Integer> seconds = new TreeMap<>();
        for (String word : String.join(",", values).split(",", -1)) {
            String[] parts = word.trim().split("=", -1);
            if (parts.length != 2 || !isChannel(parts[0].trim())) {
                throw new IllegalArgumentException("must be " + RANGE);
            }
            int delay = SettingForm.wholeNumber(parts[1].trim(), 1, LONGEST, RANGE);
            if (seconds.put(parts[0].trim(), delay) != null) {
                throw new IllegalArgumentException("must name each channel once");
            }
        }
        return new ChannelDelays(seconds);
    }

    private static boolean isChannel(String word) {
        return ChannelType.all().stream().anyMatch(type -> type.is(word));
    }

    /** The delay of a channel, in seconds; empty if it only takes over where another one fails. */
    public Optional<Integer> of(ChannelType channel) {
        return Optional.ofNullable(seconds.get(channel.value()));
    }

    public boolean areNone() {
        return seconds.isEmpty();
    }

    /** What is wrong with them for these channels; empty if they fit. */
    Optional<String> flaw(List<ChannelType> channels) {
        List<String> known = channels.stream().map(ChannelType::value).toList();
        Optional<String> other =
                seconds.keySet().stream().filter(name -> !known.contains(name)).findFirst();
        if (other.isPresent()) {
            return Optional.of("must name channels of the policy: " + other.get() + " is none");
        }
        if (channels.isEmpty() || areNone()) {
            return Optional.empty();
        }
        ChannelType first = channels.get(0);
        if (of(first).isPresent()) {
            return Optional.of("cannot have the first channel: it is used at once");
        }
        if (first.isDecidedElsewhere()) {
            return Optional.of(
                    "cannot come after " + first.value() + ": it has no page to link to");
        }
        int latest = 0;
        for (int delay : channels.stream().flatMap(type -> of(type).stream()).toList()) {
            if (delay <= latest) {
                return Optional.of("must grow in the order of the channels");
            }
            latest = delay;
        }
        return Optional.empty();
    }

    /** As an admin would write it. */
    @Override
    public String toString() {
        return seconds.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}

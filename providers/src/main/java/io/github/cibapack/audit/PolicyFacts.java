// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.EventBuilder;

/**
 * Which CIBA policy a request is asked under, as events tell it.
 *
 * @param name of the policy
 * @param version of it; the built-in one has none
 * @param variant of it that the user has, where it has variants
 */
public record PolicyFacts(String name, Optional<Integer> version, Optional<String> variant) {
    private static final String NAME = "policy";
    private static final String VERSION = "policyVersion";
    private static final String VARIANT = "variant";

    public EventBuilder addTo(EventBuilder event) {
        version.ifPresent(
                number -> event.detail(CibaEvents.CIBA_POLICY_VERSION, Integer.toString(number)));
        variant.ifPresent(chosen -> event.detail(CibaEvents.CIBA_VARIANT, chosen));
        return event.detail(CibaEvents.CIBA_POLICY, name);
    }

    /** The facts as they are kept beside a request. */
    public Map<String, String> toNotes() {
        Map<String, String> notes = new HashMap<>();
        notes.put(NAME, name);
        version.ifPresent(number -> notes.put(VERSION, Integer.toString(number)));
        variant.ifPresent(chosen -> notes.put(VARIANT, chosen));
        return notes;
    }

    /** The facts out of the notes of a request; none where it was kept without. */
    public static Optional<PolicyFacts> of(Map<String, String> notes) {
        String name = notes.get(NAME);
        if (name == null) {
            return Optional.empty();
        }
        Optional<Integer> version = Optional.ofNullable(notes.get(VERSION)).map(Integer::valueOf);
        return Optional.of(new PolicyFacts(name, version, Optional.ofNullable(notes.get(VARIANT))));
    }
}

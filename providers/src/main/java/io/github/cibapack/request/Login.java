// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The login that a decision rests on, if the person was signed in.
 *
 * @param level level of authentication, as Keycloak numbers them
 * @param at the moment of the login, in seconds since the epoch
 * @param methods Keycloak's own note of the authenticators that were used, for {@code amr}
 */
public record Login(int level, long at, Optional<String> methods) {
    private static final String LEVEL = "login.level";
    private static final String AT = "login.at";
    private static final String METHODS = "login.methods";

    Map<String, String> toNotes() {
        Map<String, String> notes = new HashMap<>();
        notes.put(LEVEL, Integer.toString(level));
        notes.put(AT, Long.toString(at));
        methods.ifPresent(note -> notes.put(METHODS, note));
        return notes;
    }

    static Optional<Login> of(Map<String, String> notes) {
        return Optional.ofNullable(notes.get(AT))
                .map(
                        at ->
                                new Login(
                                        Integer.parseInt(notes.get(LEVEL)),
                                        Long.parseLong(at),
                                        Optional.ofNullable(notes.get(METHODS))));
    }
}

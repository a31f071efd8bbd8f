// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import io.github.cibapack.text.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * The pack's entries that hold notes, and the form that they are kept in: nodes of two versions use
 * one store while a cluster is updated. Each entry says the form that a reader must know. A note
 * that an older reader may pass over leaves the number as it is; a change that it would misread
 * raises it by one. A version reads its own form and the one before, and a release that raises the
 * number still writes the one before: so each release reads what its two neighbours have written.
 *
 * <p>Entries without notes tell by being there; Keycloak's own entries are in Keycloak's form.
 */
public final class Entries {

    /** The form that is written, and the newest one that is read. */
    static final int FORM = 1;

    /**
     * Under which an entry says its form and, right behind that, its notes as one text: a map has
     * two references and an object for each note. Entries of the form before the first have their
     * notes as they are.
     */
    static final String NOTES = "notes";

    private static final Logger LOG = Logger.getLogger(Entries.class);

    /** No hash: these have sixteen characters or more. */
    private static final Pattern KIND = Pattern.compile("ciba\\.[a-z]{1,15}(?=\\.)");

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private final SingleUseObjectProvider store;

    public Entries(SingleUseObjectProvider store) {
        this.store = store;
    }

    public void put(String key, long seconds, Map<String, String> notes) {
        store.put(key, seconds, Map.of(NOTES, FORM + Json.write(notes)));
    }

    /**
     * The notes of an entry; empty if there is none.
     *
     * @throws NewerEntryException if this version does not know its form
     */
    public Optional<Map<String, String>> get(String key) {
        return Optional.ofNullable(store.get(key)).map(kept -> required(key, kept));
    }

    /** The same for lists: empty, too, if this version does not know the form of the entry. */
    public Optional<Map<String, String>> getIfKnown(String key) {
        return Optional.ofNullable(store.get(key)).flatMap(kept -> notes(key, kept));
    }

    /**
     * Takes an entry, which one caller of all nodes can.
     *
     * @throws NewerEntryException as above; then the entry stays
     */
    public Optional<Map<String, String>> take(String key) {
        return get(key).filter(notes -> store.remove(key) != null);
    }

    private static Map<String, String> required(String key, Map<String, String> kept) {
        return notes(key, kept).orElseThrow(NewerEntryException::new);
    }

    /** As they were put; empty if their form is not known. */
    private static Optional<Map<String, String>> notes(String key, Map<String, String> kept) {
        String text = kept.get(NOTES);
        if (text == null) {
            return Optional.of(new HashMap<>(kept));
        }
        String form = text.substring(0, Math.max(0, text.indexOf('{')));
        if (form.equals(Integer.toString(FORM))) {
            return Optional.of(Json.readTexts(text.substring(form.length())));
        }
        LOG.warnf(
                "An entry of the kind %s has the form %s and was written by a newer version of the"
                    + " pack: this node knows forms up to %d and leaves it to the nodes that are"
                    + " updated",
                kind(key), DIGITS.matcher(form).matches() ? form : "?", FORM);
        return Optional.empty();
    }

    /** Without the id or hash that follows. */
    private static String kind(String key) {
        Matcher kind = KIND.matcher(key);
        return kind.lookingAt() ? kind.group() : "ciba";
    }
}

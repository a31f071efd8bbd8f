// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes of two versions make of each other's entries. */
class EntriesTest {
    private static final String KEY = "ciba.request.as.1";
    private static final Map<String, String> NOTES = Map.of("scope", "openid");

    private final HeapStore store = new HeapStore();
    private final Entries entries = new Entries(store);

    private void keptAs(String form) {
        store.put(KEY, 60, Map.of(Entries.NOTES, form + "{\"scope\":\"openid\"}"));
    }

    @Test
    void entrySaysItsForm() {
        entries.put(KEY, 60, NOTES);

        assertThat(store.get(KEY))
                .containsExactly(Map.entry(Entries.NOTES, "1{\"scope\":\"openid\"}"));
        assertThat(entries.get(KEY)).contains(NOTES);
    }

    @Test
    void notesAreOneText() {
        Map<String, String> notes =
                IntStream.range(0, 40)
                        .boxed()
                        .collect(
                                Collectors.toMap(
                                        i -> "note " + i, i -> "\"\u00E4\n\uD83D\uDE00" + i));
        entries.put(KEY, 60, notes);

        assertThat(store.get(KEY)).hasSize(1);
        assertThat(entries.get(KEY)).contains(notes);
    }

    @Test
    void entryOfTheFormBeforeIsReadAndTaken() {
        store.put(KEY, 60, NOTES);

        assertThat(entries.get(KEY)).contains(NOTES);
        assertThat(entries.getIfKnown(KEY)).contains(NOTES);
        assertThat(entries.take(KEY)).contains(NOTES);
        assertThat(entries.take(KEY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "0", "01", "", "one", "99999999999", "1\n"})
    void entryOfAnotherFormIsNeitherReadNorTaken(String form) {
        keptAs(form);

        assertThatThrownBy(() -> entries.get(KEY)).isInstanceOf(NewerEntryException.class);
        assertThatThrownBy(() -> entries.take(KEY)).isInstanceOf(NewerEntryException.class);
        assertThat(store.contains(KEY)).isTrue();
    }

    @Test
    void listPassesOverWhatItDoesNotKnow() {
        keptAs("2");

        assertThat(entries.getIfKnown(KEY)).isEmpty();
    }

    @Test
    void callerIsToldToTryAgain() {
        NewerEntryException failure = new NewerEntryException();

        assertThat(failure.getResponse().getStatus()).isEqualTo(503);
        assertThat(failure.getResponse().getHeaderString("Retry-After")).isEqualTo("15");
        assertThat(StoreOutage.isCauseOf(new IllegalStateException(failure))).isTrue();
    }

    @Test
    void gateWhoseNotesAreNewerStaysClosed() {
        NumberedSlots slots = new NumberedSlots(store, "realm");
        String gate = slots.counter("gate");
        slots.close(gate, 60);
        store.put(gate + ".notes", 60, Map.of(Entries.NOTES, "2{\"until\":\"soon\"}"));

        assertThat(slots.isClosed(gate)).isTrue();
        assertThatThrownBy(() -> slots.opensAt(gate)).isInstanceOf(NewerEntryException.class);
    }

    /** A decision gives places back: it must not fail for what one was taken for. */
    @Test
    void placeWhoseNotesAreNewerIsLeftToEndByItself() {
        NumberedSlots slots = new NumberedSlots(store, "realm");
        PendingSlots pending = new PendingSlots(slots, rollback -> {});
        PendingSlots.Place place =
                pending.take(
                        "client",
                        "user",
                        60,
                        PendingSlots.Notice.MAIL,
                        new PendingSlots.Caps(1, 1));
        PendingSlots.Slots held = ((PendingSlots.Place.Held) place).slots();
        store.put(held.ofUser(), 60, Map.of(Entries.NOTES, "2{\"id\":\"1\"}"));

        pending.release(held, "1");

        assertThat(pending.of("user")).isEqualTo(List.of());
        assertThat(store.contains(held.ofUser())).isTrue();
    }
}

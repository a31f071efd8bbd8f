// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ChangeMarksTest {
    private final ChangeMarks marks = new ChangeMarks(new HeapStore());

    @Test
    void markIsAnotherOneAfterEachChange() {
        Optional<Map<String, String>> none = marks.read(7);
        marks.change(numbers(7));
        Optional<Map<String, String>> first = marks.read(7);
        marks.change(numbers(3, 7));

        assertThat(first).isNotEqualTo(none);
        assertThat(marks.read(7)).isNotEqualTo(none).isNotEqualTo(first);
    }

    @Test
    void markStaysAsLongAsNothingChanges() {
        marks.change(numbers(7));
        Optional<Map<String, String>> first = marks.read(7);
        marks.change(numbers(8));

        assertThat(marks.read(7)).isEqualTo(first);
    }

    @Property
    void everyIdHasOneOfTheMarks(@ForAll String id) {
        assertThat(ChangeMarks.number(id)).isBetween(0, ChangeMarks.COUNT - 1);
    }

    private static NavigableSet<Integer> numbers(Integer... numbers) {
        return new TreeSet<>(List.of(numbers));
    }
}

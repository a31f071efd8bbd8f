// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;

/** A search that ends: with a full page, with the last event, or where it has looked enough. */
class EventSearchTest {
    private int asked;

    @Test
    void stopsAsSoonAsThePageIsFull() {
        EventHistory.Found found = among(9_999).page(event -> true, 0, 10);

        assertThat(found.events()).extracting(Event::getTime).startsWith(9_998L).hasSize(10);
        assertThat(found.searchedTo()).isEmpty();
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void passesOverThoseOfFormerPages() {
        EventHistory.Found found = among(9_000).page(EventSearchTest::isOfAFullSecond, 2, 3);

        assertThat(found.events())
                .extracting(Event::getTime)
                .containsExactly(6_000L, 5_000L, 4_000L);
    }

    @Test
    void lastEventEndsTheSearch() {
        EventHistory.Found found = among(1_200).page(EventSearchTest::isOfAFullSecond, 0, 10);

        assertThat(found.events()).extracting(Event::getTime).containsExactly(1_000L, 0L);
        assertThat(found.searchedTo()).isEmpty();
    }

    @Test
    void longSearchSaysWhereItStopped() {
        EventHistory.Found found = among(25_000).page(EventSearchTest::isOfAFullSecond, 0, 100);

        assertThat(found.events()).hasSize(10);
        assertThat(found.searchedTo()).hasValue(15_000);
        assertThat(asked).isEqualTo(EventSearch.MOST / EventSearch.BATCH);
    }

    @Test
    void nothingAmongNothingIsDone() {
        EventHistory.Found found = among(0).page(event -> true, 0, 10);

        assertThat(found.events()).isEmpty();
        assertThat(found.searchedTo()).isEmpty();
    }

    /** So many events, whose times count down to zero. */
    private EventSearch among(int events) {
        return new EventSearch(
                first -> {
                    asked++;
                    return IntStream.range(first, Math.min(events, first + EventSearch.BATCH))
                            .mapToObj(number -> at(events - 1L - number))
                            .toList();
                });
    }

    private static boolean isOfAFullSecond(Event event) {
        return event.getTime() % 1000 == 0;
    }

    private static Event at(long time) {
        Event event = new Event();
        event.setTime(time);
        return event;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The details of a realm's events. */
final class Events {
    private static final Duration SOON = Duration.ofSeconds(40);

    private final RealmFixture realm;

    Events(RealmFixture realm) {
        this.realm = realm;
    }

    /** Those of a step of this request, as soon as they are there. */
    JsonNode await(Answer started, String step) {
        return await(
                step, details -> details.path("auth_req_id").asText().equals(started.authReqId()));
    }

    /** Those of the refusal that this answer tells of. */
    JsonNode ofRefusal(Answer refused, String step) {
        return await(
                step,
                details ->
                        refused.errorDescription()
                                .contains(details.path("correlation_id").asText("none")));
    }

    private JsonNode await(String step, Predicate<JsonNode> wanted) {
        return Awaitility.await("the event " + step)
                .atMost(SOON)
                .until(
                        () ->
                                realm.admin().events(realm.name()).stream()
                                        .map(event -> event.path("details"))
                                        .filter(
                                                details ->
                                                        details.path("ciba_event")
                                                                .asText()
                                                                .equals(step))
                                        .filter(wanted)
                                        .findFirst(),
                        Optional::isPresent)
                .get();
    }
}

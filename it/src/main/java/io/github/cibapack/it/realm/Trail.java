// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The events of one request, as an admin finds them in the realm. */
public final class Trail {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(40);

    private final AdminApi admin;
    private final String realm;
    private final String authReqId;

    private Trail(AdminApi admin, String realm, String authReqId) {
        this.admin = admin;
        this.realm = realm;
        this.authReqId = authReqId;
    }

    /**
     * The trail of a request.
     *
     * @param started its acknowledgement
     */
    public static Trail of(RealmFixture realm, Answer started) {
        return of(realm.admin(), realm.name(), started);
    }

    /** The same in a realm of any server. */
    public static Trail of(AdminApi admin, String realm, Answer started) {
        return new Trail(admin, realm, started.authReqId());
    }

    /** The steps so far, latest first: the details {@code ciba_event}. */
    public List<String> steps() {
        return events().map(Trail::step).toList();
    }

    /** Waits for a step and tells its event. */
    public JsonNode await(String step) {
        return Awaitility.await("the event " + step)
                .atMost(TIME_LIMIT)
                .until(() -> find(step), Optional::isPresent)
                .get();
    }

    /** The same, and tells the event's details. */
    public JsonNode awaitDetails(String step) {
        return await(step).path("details");
    }

    private Optional<JsonNode> find(String step) {
        return events().filter(event -> step.equals(step(event))).findFirst();
    }

    private Stream<JsonNode> events() {
        return admin.events(realm).stream()
                .filter(
                        event ->
                                event.path("details")
                                        .path("auth_req_id")
                                        .asText()
                                        .equals(authReqId));
    }

    private static String step(JsonNode event) {
        return event.path("details").path("ciba_event").asText();
    }
}

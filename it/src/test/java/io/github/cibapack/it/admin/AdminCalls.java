// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** The pack's admin calls in one realm, as one admin. */
record AdminCalls(RealmFixture realm, AdminApi api) {

    /** As the server's admin. */
    static AdminCalls in(RealmFixture realm) {
        return new AdminCalls(realm, realm.admin());
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer post(String path) {
        return call("POST", path, null);
    }

    Answer call(String method, String path, JsonNode body) {
        return api.call(method, "/" + realm.name() + "/ciba/" + path, body);
    }

    /** The user's pending requests, by their ids. */
    List<String> pendingOf(String username) {
        Answer answer = get("users/" + realm.userId(username) + "/requests");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return values(answer.json(), "authReqId");
    }

    /** The steps of a request that the realm has saved, oldest first. */
    List<String> stepsOf(String authReqId) {
        Answer answer = get("requests/" + authReqId + "/history");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return stream(answer.json().path("events"))
                .map(event -> event.path("details").path("ciba_event").asText())
                .toList();
    }

    /** Waits until the realm has saved a step: what happens in the background takes a moment. */
    void awaitStep(String authReqId, String step) {
        Awaitility.await(step)
                .atMost(Duration.ofSeconds(30))
                .until(() -> stepsOf(authReqId).contains(step));
    }

    /** Waits for so many mails of a request. */
    List<ReceivedMail> awaitMails(String authReqId, int count) {
        return Awaitility.await(count + " mails")
                .atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                realm.mailbox().all().stream()
                                        .filter(mail -> mail.mentions(authReqId))
                                        .toList(),
                        mails -> mails.size() == count);
    }

    /** Keycloak's admin events about a resource of the pack, newest first. */
    List<JsonNode> adminEvents(String resourceType) {
        Answer answer = realm.admin().call("GET", "/" + realm.name() + "/admin-events", null);
        return stream(answer.json())
                .filter(event -> resourceType.equals(event.path("resourceType").asText()))
                .toList();
    }

    static List<String> values(JsonNode list, String member) {
        return stream(list).map(entry -> entry.path(member).asText()).toList();
    }

    static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}

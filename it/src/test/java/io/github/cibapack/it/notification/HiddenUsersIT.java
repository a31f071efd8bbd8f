// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A realm that does not show who exists: every answer is the one that a user would get. */
class HiddenUsersIT {

    private static final Duration SOON = Duration.ofSeconds(40);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.attribute("ciba.hide-users", "true");
                                for (String user : List.of("olga", "paul", "quin", "rosa")) {
                                    realm.addUser(user);
                                }
                                realm.component(
                                        "ciba-notification-policy", "name", "one", "total", "1");
                                realm.addClient("one", "one-secret")
                                        .withObjectProperty("attributes")
                                        .put("ciba.notification-policy", "one");
                            });

    @ParameterizedTest
    @ValueSource(strings = {"nobody-of-that-name", "bob", "carol"})
    void whoCannotBeAskedIsAnsweredLikeEverybodyElse(String hint) {
        RelyingParty pump = REALM.gasPump();
        Answer real = pump.start("olga", "real");

        Answer hidden = pump.start(hint, "hidden");

        assertThat(hidden.status()).as(hidden.body()).isEqualTo(200);
        assertThat(members(hidden)).isEqualTo(members(real));
        assertThat(hidden.text("expires_in")).isEqualTo(real.text("expires_in"));
        assertThat(hidden.authReqId()).hasSameSizeAs(real.authReqId());
        assertThat(pump.poll(hidden.authReqId()).error()).isEqualTo("authorization_pending");
        assertThat(pump.poll(hidden.authReqId()).error()).isEqualTo("slow_down");
        JsonNode event = eventOf(hidden);
        assertThat(event.path("details").path("hidden").asText()).isEqualTo("true");
        assertThat(event.path("details").path("ciba_event").asText()).isEqualTo("refused");
        REALM.mailbox().awaitMailFor(real.authReqId());
        assertThat(REALM.mailbox().all()).noneMatch(mail -> mail.mentions(hidden.authReqId()));
    }

    @Test
    void limitIsNoAnswerEither() {
        RelyingParty client = REALM.relyingParty("one");
        Answer first = client.start("paul", "first");
        REALM.mailbox().awaitMailFor(first.authReqId());

        Answer second = client.start("paul", "second");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("Retry-After")).isEmpty();
        assertThat(client.poll(second.authReqId()).error()).isEqualTo("authorization_pending");
        JsonNode details = eventOf(second).path("details");
        assertThat(details.path("ciba_event").asText()).isEqualTo("throttled");
        assertThat(details.path("counter").asText()).startsWith("day");
        assertThat(REALM.mailbox().all())
                .filteredOn(mail -> mail.to().contains("paul@ciba-demo.example"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody-of-that-name", "bob", "carol"})
    void keycloaksEndpointHidesThemAsWell(String hint) {
        RelyingParty pump = REALM.gasPump().atKeycloakEndpoints();
        Form real = Form.of("scope", "openid", "login_hint", "quin");
        Form hidden = Form.of("scope", "openid", "login_hint", hint);

        Answer realAnswer = pump.start(real);
        Answer hiddenAnswer = pump.start(hidden);

        assertThat(hiddenAnswer.status()).as(hiddenAnswer.body()).isEqualTo(200);
        assertThat(members(hiddenAnswer)).isEqualTo(members(realAnswer));
        assertThat(hiddenAnswer.authReqId()).hasSameSizeAs(realAnswer.authReqId());
        assertThat(pump.poll(hiddenAnswer.authReqId()).error()).isEqualTo("authorization_pending");
    }

    @Test
    void signingOutAUserDoesNotTellThatTheUserIsStillThere() {
        RelyingParty pump = REALM.gasPump();
        String user = OpenRequest.somebody(REALM);
        OpenRequest earlier = OpenRequest.in(REALM, pump, OpenRequest.usual(user));
        earlier.decide("approve");
        String token = earlier.result().text("id_token");
        Instant issued = Instant.now();
        await().until(() -> Instant.now().getEpochSecond() > issued.getEpochSecond());
        String path = "/" + REALM.name() + "/users/" + REALM.userId(user) + "/logout";
        assertThat(REALM.admin().call("POST", path, null).status()).isEqualTo(204);

        Answer hidden = pump.start(Form.of("scope", "openid", "id_token_hint", token));

        assertThat(hidden.status()).as(hidden.body()).isEqualTo(200);
        JsonNode details = eventOf(hidden).path("details");
        assertThat(details.path("hidden").asText()).isEqualTo("true");
        assertThat(details.path("reason").asText()).isEqualTo("hint_revoked_for_user");
        requestedHint("id_token_hint");
        try {
            Answer keycloaks =
                    pump.atKeycloakEndpoints()
                            .start(Form.of("scope", "openid", "id_token_hint", token));
            assertThat(keycloaks.status()).as(keycloaks.body()).isEqualTo(200);
        } finally {
            requestedHint("login_hint");
        }
    }

    @Test
    void addressThatDoesNotExistEndsNothing() {
        try (ScriptedSmtp smtp = ScriptedSmtp.start().become(ScriptedSmtp.Mood.UNKNOWN_RECIPIENT)) {
            mailTo(smtp.port());
            RelyingParty pump = REALM.gasPump();
            Answer started = pump.start("rosa", "no mailbox");

            await().atMost(SOON)
                    .until(
                            () ->
                                    eventsOf(started).stream()
                                            .anyMatch(
                                                    event ->
                                                            event.path("details")
                                                                    .path("ciba_event")
                                                                    .asText()
                                                                    .equals("send_failed")));

            assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
        } finally {
            mailTo(REALM.mailbox().port());
        }
    }

    @Test
    void sendingBeforeAnsweringWouldTell() {
        String body =
                """
                {"providerId": "ciba-policy",
                 "providerType": "org.keycloak.services.ui.extend.UiPageProvider",
                 "config": {"name": ["x"], "hideUsers": ["true"], "synchronousSending": ["true"]}}
                """;

        Answer answer =
                REALM.admin().call("POST", "/" + REALM.name() + "/components", Json.parse(body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("errorMessage")).contains("hideUsers");
    }

    /** By which Keycloak's own endpoint finds users. */
    private static void requestedHint(String hint) {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObject("/attributes")
                                        .put("cibaAuthRequestedUserHint", hint));
    }

    private static void mailTo(int port) {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObjectProperty("smtpServer")
                                        .put("port", String.valueOf(port)));
    }

    private static List<String> members(Answer answer) {
        return StreamSupport.stream(
                        ((Iterable<String>) () -> answer.json().fieldNames()).spliterator(), false)
                .sorted()
                .toList();
    }

    private static JsonNode eventOf(Answer started) {
        return await().atMost(SOON)
                .until(() -> eventsOf(started), events -> !events.isEmpty())
                .get(0);
    }

    private static List<JsonNode> eventsOf(Answer started) {
        return REALM.admin().events(REALM.name()).stream()
                .filter(
                        event ->
                                event.path("details")
                                        .path("auth_req_id")
                                        .asText()
                                        .equals(started.authReqId()))
                .toList();
    }
}

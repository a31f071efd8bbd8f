// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.NotificationEndpoint;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.AtOnce;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relying party that is told when its request is decided. */
@Tag("CIBA-Core-10.2")
class PingModeIT {
    private static final String TOKEN = "8d67dc78-7faa-4d41-aabd-67707b374255";
    private static final NotificationEndpoint ENDPOINT = NotificationEndpoint.start();

    private static final HangingEndpoint HANGING = HangingEndpoint.start();

    /** Pings of a realm that are under way at a time. */
    private static final int WORKERS_OF_REALM = 16;

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(PingModeIT::addPingClients);

    private final RelyingParty pump = REALM.relyingParty("ping-pump");

    private static void addPingClients(RealmDocument realm) {
        realm.attribute("ciba.outbound.allow-http", "true");
        addPingClient(realm, "ping-pump", ENDPOINT.url().toString());
        addPingClient(realm, "metadata-pump", "http://169.254.169.254/latest/meta-data/");
        addPingClient(realm, "hanging-pump", HANGING.url());
        realm.attribute("ciba.outbound.allow-private", "true");
    }

    private static void addPingClient(RealmDocument realm, String clientId, String endpoint) {
        realm.addClient(clientId, clientId + "-secret");
        realm.clientAttribute(clientId, "ciba.backchannel.token.delivery.mode", "ping");
        realm.clientAttribute(clientId, "ciba.backchannel.client.notification.endpoint", endpoint);
        realm.addUser("user-of-" + clientId);
    }

    @AfterAll
    static void stop() throws IOException {
        ENDPOINT.close();
        HANGING.close();
    }

    @Test
    @Clause({"5-2", "9-1", "10.2-1"})
    void pingCarriesTheIdAndTheTokenAndNothingElse() {
        Answer started = start(pump);
        MailReader.approves(mailFor(started));

        NotificationEndpoint.Ping ping = ENDPOINT.await(started.authReqId(), 1).get(0);
        assertThat(ping.authorization()).isEqualTo("Bearer " + TOKEN);
        assertThat(ping.contentType()).startsWith("application/json");
        assertThat(ping.body().fieldNames()).toIterable().containsExactly("auth_req_id");
        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
        awaitEvent(started, "pinged");
    }

    @Test
    @Clause({"5-2", "5-3"})
    void redemptionRightAfterAPingIsNotSlowedDown() {
        Answer started = start(pump);
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
        MailReader.approves(mailFor(started));
        ENDPOINT.await(started.authReqId(), 1);

        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
    }

    @Test
    void redemptionRightAfterAPingIsNotSlowedDownAtKeycloaksEndpoint() {
        RelyingParty keycloak = pump.atKeycloakEndpoints();
        Answer started = keycloak.start(form().and("binding_message", "Pump4"));
        ReceivedMail mail =
                REALM.mailbox()
                        .await(candidate -> candidate.mentions("Pump4"), Duration.ofSeconds(30));
        assertThat(keycloak.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
        MailReader.approves(mail);

        NotificationEndpoint.Ping ping = ENDPOINT.await(started.authReqId(), 1).get(0);
        assertThat(ping.authorization()).isEqualTo("Bearer " + TOKEN);
        Answer tokens = keycloak.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    }

    @Test
    @Clause("10.2-2")
    void denialIsNotifiedToo() {
        Answer started = start(pump);
        MailReader.denies(mailFor(started));
        ENDPOINT.await(started.authReqId(), 1);

        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("access_denied");
    }

    @Test
    void cancellationByAnAdminIsNotifiedToo() {
        Answer started = start(pump);
        mailFor(started);

        Answer cancelled =
                REALM.admin()
                        .call(
                                "POST",
                                "/%s/ciba/requests/%s/cancel"
                                        .formatted(REALM.name(), started.authReqId()),
                                null);

        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(204);
        ENDPOINT.await(started.authReqId(), 1);
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("access_denied");
    }

    @Test
    void clientThatTakesItsRequestBackIsNotifiedAsOfADenial() {
        Answer started = start(pump);
        mailFor(started);

        assertThat(pump.cancel(started.authReqId()).status()).isEqualTo(200);

        ENDPOINT.await(started.authReqId(), 1);
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("access_denied");
    }

    @Test
    void endpointInTroubleIsTriedAgainAndDelaysNothing() {
        ENDPOINT.answerNext(503, 500);
        Answer started = start(pump);
        Answer page = MailReader.approves(mailFor(started));

        assertThat(page.status()).isEqualTo(200);
        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
        ENDPOINT.await(started.authReqId(), 3);
        awaitEvent(started, "pinged");
    }

    /**
     * Without a share of its own the ping would wait until each of the others has hung for five
     * seconds, but for those that are under way beside it.
     */
    @Test
    void clientWhoseEndpointHangsDelaysNoOtherClient() throws Exception {
        RelyingParty hanging = REALM.relyingParty("hanging-pump");
        Answer started = start(pump);
        int many = 3 * WORKERS_OF_REALM;
        List<Callable<Answer>> cancellations =
                Stream.generate(() -> start(hanging).accepted().authReqId())
                        .limit(many)
                        .<Callable<Answer>>map(id -> () -> hanging.cancel(id))
                        .toList();
        int before = HANGING.calls();
        AtOnce.run(cancellations);
        pump.cancel(started.authReqId());

        ENDPOINT.await(started.authReqId(), 1);

        assertThat(HANGING.calls() - before).isLessThanOrEqualTo(many - WORKERS_OF_REALM);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403})
    @Clause("10.2-4")
    void refusedPingIsNotTriedAgainAndUndoesNothing(int status) {
        ENDPOINT.answerNext(status);
        Answer started = start(pump);
        MailReader.approves(mailFor(started));

        JsonNode event = awaitEvent(started, "ping_failed");
        assertThat(event.path("details").path("reason").asText()).isEqualTo("status_" + status);
        assertThat(ENDPOINT.pings(started.authReqId()))
                .hasSize(1)
                .allSatisfy(ping -> assertThat(ping.path()).isEqualTo("/cb"));
        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
    }

    @Test
    void forbiddenAddressIsNotCalledAndTheDecisionStands() {
        RelyingParty metadata = REALM.relyingParty("metadata-pump");
        Answer started = start(metadata);
        MailReader.approves(mailFor(started));

        JsonNode event = awaitEvent(started, "ping_failed");
        assertThat(event.path("details").path("reason").asText()).isEqualTo("address_not_allowed");
        assertThat(metadata.poll(started.authReqId()).status()).isEqualTo(200);
    }

    @Tag("CIBA-Core-7.1")
    @Test
    @Clause("7.1-6")
    void pingModeNeedsAToken() {
        Answer refused = pump.start(Form.of("scope", "openid", "login_hint", "alice"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
    }

    @Tag("CIBA-Core-7.1")
    @ParameterizedTest
    @ValueSource(strings = {"with space", "line\r\nbreak", "umlaut-ü", "=", "a=b"})
    @Clause("7.1-7")
    void tokenHasTheCharactersOfABearerToken(String token) {
        Form form =
                Form.of("scope", "openid", "login_hint", "alice")
                        .and("client_notification_token", token);
        assertThat(pump.start(form).error()).isEqualTo("invalid_request");
        assertThat(pump.atKeycloakEndpoints().start(form).error()).isEqualTo("invalid_request");
    }

    @Tag("CIBA-Core-7.1")
    @Test
    @Clause("7.1-7")
    void tokenHasAtMost1024Characters() {
        Form form = Form.of("scope", "openid", "login_hint", "user-of-ping-pump");
        assertThat(pump.start(form.and("client_notification_token", "t".repeat(1025))).error())
                .isEqualTo("invalid_request");
        assertThat(pump.start(form.and("client_notification_token", "t".repeat(1024))).status())
                .isEqualTo(200);
    }

    @Test
    void tokenOfAClientThatPollsIsRefused() {
        assertThat(REALM.gasPump().start(form()).error()).isEqualTo("invalid_request");
    }

    private static Answer start(RelyingParty party) {
        return party.start(form(party.clientId()));
    }

    private static Form form() {
        return form("ping-pump");
    }

    private static Form form(String clientId) {
        return Form.of(
                "scope",
                "openid",
                "login_hint",
                "user-of-" + clientId,
                "client_notification_token",
                TOKEN);
    }

    private static ReceivedMail mailFor(Answer started) {
        return REALM.mailbox().awaitMailFor(started.authReqId());
    }

    private static JsonNode awaitEvent(Answer started, String step) {
        return Awaitility.await("event " + step)
                .atMost(Duration.ofSeconds(30))
                .until(() -> events(started, step), found -> !found.isEmpty())
                .get(0);
    }

    private static List<JsonNode> events(Answer started, String step) {
        return REALM.admin().events(REALM.name()).stream()
                .filter(event -> event.path("details").path("ciba_event").asText().equals(step))
                .filter(
                        event ->
                                event.path("details")
                                        .path("auth_req_id")
                                        .asText()
                                        .equals(started.authReqId()))
                .toList();
    }
}

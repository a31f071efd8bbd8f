// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an admin finds afterwards in the realm's events. */
class EventsIT {

    private static final String OK = "AUTHREQID_TO_TOKEN";
    private static final String ERROR = "AUTHREQID_TO_TOKEN_ERROR";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(EventsIT::addClients);

    private static void addClients(RealmDocument realm) {
        realm.addClient("kiosk", "kiosk-secret").put("publicClient", true).remove("secret");
        realm.addClient("other-app", "other-app-secret")
                .withObjectProperty("attributes")
                .remove("oidc.ciba.grant.enabled");
    }

    static Stream<Arguments> refused() {
        RelyingParty pump = REALM.gasPump();
        Form noHint = Form.of("scope", "openid");
        Form usual = noHint.and("login_hint", "alice@ciba-demo.example");
        return Stream.of(
                Arguments.of("unknown user", pump, noHint.and("login_hint", "nobody@example.org")),
                Arguments.of("disabled user", pump, noHint.and("login_hint", "carol")),
                Arguments.of("unverified address", pump, noHint.and("login_hint", "bob")),
                Arguments.of("no hint", pump, noHint),
                Arguments.of("two hints", pump, usual.and("id_token_hint", "x.y.z")),
                Arguments.of("no scope", pump, Form.of("login_hint", "alice")),
                Arguments.of("bad scope", pump, Form.of("scope", "profile", "login_hint", "alice")),
                Arguments.of("bad message", pump, usual.and("binding_message", "a\nb")),
                Arguments.of("parameter twice", pump, usual.and("scope", "openid")),
                Arguments.of("bad expiry", pump, usual.and("requested_expiry", "soon")),
                Arguments.of("wrong secret", pump.withSecret("wrong-secret"), usual),
                Arguments.of("public client", REALM.relyingParty("kiosk").withoutSecret(), usual),
                Arguments.of("client without grant", REALM.relyingParty("other-app"), usual));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusalLeavesOneEventThatSaysWhy(String what, RelyingParty client, Form form) {
        Set<String> before = ids();

        Answer answer = client.start(form);

        assertThat(answer.status()).as(what).isGreaterThanOrEqualTo(400);
        List<JsonNode> added = addedSince(before);
        assertThat(added).hasSize(1);
        JsonNode event = added.get(0);
        assertThat(event.path("type").asText()).isEqualTo(ERROR);
        assertThat(event.path("error").asText()).isNotEmpty();
        assertThat(detail(event, "ciba_event")).isEqualTo("refused");
        assertThat(detail(event, "reason")).matches("[a-z_]+");
        assertThat(detail(event, "correlation_id")).isEqualTo(Documented.correlationId(answer));
        assertThat(event.toString()).doesNotContain("@", "wrong-secret", "x.y.z");
    }

    @Test
    void approvedRequestIsFollowedFromTheRequestToTheTokens() {
        Answer started = REALM.gasPump().start("alice@ciba-demo.example", "Pump 4");
        Person.approves(REALM.mailbox().awaitMailFor(started.authReqId()));
        REALM.gasPump().poll(started.authReqId());

        assertThat(awaitSteps(started, 5))
                .containsExactlyInAnyOrder("requested", "sent", "opened", "approved", "redeemed");
        assertThat(eventsOf(started))
                .allSatisfy(
                        event -> {
                            assertThat(event.path("type").asText()).isEqualTo(OK);
                            assertThat(event.path("clientId").asText()).isEqualTo("gas-pump");
                            assertThat(event.path("userId").asText())
                                    .isEqualTo(REALM.userId("alice"));
                            assertThat(detail(event, "correlation_id"))
                                    .matches(Documented.UUID_FORM);
                            assertThat(event.toString()).doesNotContain("@");
                        });
    }

    @Test
    void deniedRequestHasItsEventsToo() {
        Answer started = REALM.gasPump().start("alice", "Pump 4");
        Person.denies(REALM.mailbox().awaitMailFor(started.authReqId()));

        assertThat(awaitSteps(started, 4))
                .containsExactlyInAnyOrder("requested", "sent", "opened", "denied");
    }

    @Test
    void requestAtKeycloaksEndpointIsFollowedAsWell() {
        Set<String> before = ids();
        String message = "Pump-" + UUID.randomUUID();
        RelyingParty pump = REALM.gasPump().atKeycloakEndpoints();
        Answer started = pump.start("alice", message);
        Person.approves(REALM.mailbox().await(m -> m.mentions(message), Duration.ofSeconds(20)));
        pump.poll(started.authReqId());

        Awaitility.await("five events").until(() -> addedSince(before).size() >= 5);
        List<JsonNode> added = addedSince(before);
        assertThat(added).extracting(e -> detail(e, "ciba_event")).contains("sent", "approved");
        assertThat(added).filteredOn(e -> detail(e, "ciba_event").equals("redeemed")).hasSize(1);
        assertThat(added)
                .extracting(e -> detail(e, "auth_req_id"))
                .allMatch(id -> id.matches(Documented.UUID_FORM))
                .containsOnly(detail(added.get(0), "auth_req_id"));
    }

    @Test
    void pollWithAWrongSecretLeavesOneEventToo() {
        Answer started = REALM.gasPump().start("alice", "Pump 4");
        awaitSteps(started, 2);
        Set<String> before = ids();

        Answer answer = REALM.gasPump().withSecret("wrong-secret").poll(started.authReqId());

        List<JsonNode> added = addedSince(before);
        assertThat(added).hasSize(1);
        assertThat(added.get(0).path("type").asText()).endsWith("_ERROR");
        assertThat(detail(added.get(0), "correlation_id"))
                .isEqualTo(Documented.correlationId(answer));
        assertThat(detail(added.get(0), "ciba_event")).isNotEqualTo("redeemed");
    }

    @Test
    void pendingPollsLeaveNoEvents() {
        Answer started = REALM.gasPump().start("alice", "Pump 4");
        awaitSteps(started, 2);
        Set<String> before = ids();

        REALM.gasPump().poll(started.authReqId());
        REALM.gasPump().poll(started.authReqId());

        assertThat(addedSince(before)).isEmpty();
    }

    @Test
    void correlationIdOfTheRelyingPartyIsADetailOfItsOwn() {
        String own = UUID.randomUUID().toString();

        Answer started = startWithCorrelationId(own);

        assertThat(Documented.correlationId(started)).isNotEqualTo(own);
        JsonNode requested = eventOf(started);
        assertThat(detail(requested, "rp_correlation_id")).isEqualTo(own);
        assertThat(detail(requested, "correlation_id"))
                .isEqualTo(Documented.correlationId(started));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"my-request-17", "<script>", "1c266114-a1be-4700-8ad1-04986c5b9ac1 or so"})
    void whatIsNoPlainUuidIsLeftOut(String own) {
        Answer started = startWithCorrelationId(own);

        assertThat(eventOf(started).path("details").has("rp_correlation_id")).isFalse();
    }

    private static Answer startWithCorrelationId(String id) {
        RelyingParty pump = REALM.gasPump();
        Answer started =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(pump.startEndpoint())
                                .header("Authorization", pump.basic())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("X-Correlation-ID", id)
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "scope=openid&login_hint=alice"))
                                .build());
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return started;
    }

    private static JsonNode eventOf(Answer answer) {
        return REALM.admin().events(REALM.name()).stream()
                .filter(
                        event ->
                                detail(event, "correlation_id")
                                        .equals(Documented.correlationId(answer)))
                .filter(event -> detail(event, "ciba_event").equals("requested"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> awaitSteps(Answer started, int count) {
        Awaitility.await("the events").until(() -> eventsOf(started).size() >= count);
        return eventsOf(started).stream().map(event -> detail(event, "ciba_event")).toList();
    }

    private static List<JsonNode> eventsOf(Answer started) {
        return REALM.admin().events(REALM.name()).stream()
                .filter(event -> detail(event, "auth_req_id").equals(started.authReqId()))
                .toList();
    }

    /** The mail of another test's request may be on its way: its event is not of interest here. */
    private static List<JsonNode> addedSince(Set<String> before) {
        return REALM.admin().events(REALM.name()).stream()
                .filter(event -> !before.contains(event.path("id").asText()))
                .toList();
    }

    private static Set<String> ids() {
        return REALM.admin().events(REALM.name()).stream()
                .map(event -> event.path("id").asText())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String detail(JsonNode event, String name) {
        return event.path("details").path(name).asText("");
    }
}

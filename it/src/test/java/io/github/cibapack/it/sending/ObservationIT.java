// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an admin can find out afterwards: events, metrics, webhook calls. */
class ObservationIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String SUCCEEDED = "CIBA Authentication Succeeded";
    private static final String FAILED = "CIBA Authentication Failed";
    private static final String SECRET = "a-webhook-secret-of-some-length";

    private static final HookServer HOOK = HookServer.start();

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.attribute("ciba.outbound.allow-http", "true");
                                realm.attribute("ciba.outbound.allow-private", "true");
                                for (String user :
                                        List.of("ada", "ben", "cleo", "dan", "eve", "flo")) {
                                    realm.addUser(user);
                                }
                                realm.component(
                                        "ciba-policy",
                                        "name",
                                        "hooked",
                                        "webhookUrl",
                                        HOOK.url(),
                                        "webhookSecret",
                                        SECRET);
                                realm.addClient("hooked", "hooked-secret")
                                        .withObjectProperty("attributes")
                                        .put("ciba.policies", "hooked");
                            });

    @AfterAll
    static void stop() {
        HOOK.close();
    }

    @Test
    void approvalLeavesATrailOfEveryStep() {
        RelyingParty pump = REALM.gasPump();
        Answer started = pump.start("ada", "Pump 4");
        URI link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink();
        ApprovalForm.decide(link, "approve");
        assertThat(pump.pollUntilDecided(started).status()).isEqualTo(200);

        for (String step : List.of("requested", "sent", "opened", "approved", "redeemed")) {
            assertThat(awaitEvent(started, step).path("type").asText())
                    .isEqualTo("AUTHREQID_TO_TOKEN");
        }
        JsonNode details = awaitEvent(started, "approved").path("details");
        assertThat(details.path("ciba_result").asText()).isEqualTo(SUCCEEDED);
        assertThat(details.path("decision").asText()).isEqualTo("approved");
        assertThat(details.path("client").asText()).isEqualTo("gas-pump");
        assertThat(details.path("channel").asText()).isEqualTo("email");
        assertThat(details.path("approval_mode").asText()).isEqualTo("link");
        assertThat(details.path("binding_message").asText()).isEqualTo("Pump 4");
        assertThat(details.path("requested_scope").asText()).isEqualTo("openid");
        assertThat(details.path("requester_ip").asText()).isEqualTo("127.0.0.1");
        assertThat(details.path("user_agent").asText()).startsWith("Java-http-client");
        assertThat(details.path("correlation_id").asText()).isNotEmpty();
    }

    @Test
    void denialIsASuccessOfTheAuthentication() {
        Answer started = REALM.gasPump().start("ben", "no");
        URI link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink();

        ApprovalForm.decide(link, "deny");

        JsonNode details = awaitEvent(started, "denied").path("details");
        assertThat(details.path("ciba_result").asText()).isEqualTo(SUCCEEDED);
        assertThat(details.path("decision").asText()).isEqualTo("denied");
    }

    @Test
    void pageThatIsOpenedAgainIsOneEvent() {
        Answer started = REALM.gasPump().start("cleo", "scanner");
        URI link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink();

        ApprovalForm.open(link);
        ApprovalForm.open(link);

        awaitEvent(started, "opened");
        assertThat(eventsOf(started, "opened")).hasSize(1);
    }

    @Test
    void refusalIsAFailureWithItsReason() {
        Answer refused = REALM.gasPump().start(Form.of("scope", "openid", "login_hint", "bob"));
        assertThat(refused.status()).isEqualTo(403);

        JsonNode details =
                REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN_ERROR").stream()
                        .map(event -> event.path("details"))
                        .filter(
                                found ->
                                        found.path("reason").asText().equals("no_verified_address"))
                        .findFirst()
                        .orElseThrow();

        assertThat(details.path("ciba_result").asText()).isEqualTo(FAILED);
        assertThat(details.path("ciba_event").asText()).isEqualTo("refused");
        assertThat(details.path("requested_scope").asText()).isEqualTo("openid");
        assertThat(refused.errorDescription()).contains(details.path("correlation_id").asText());
    }

    @Test
    void expiryIsRecordedAlthoughNobodyPolls() {
        Answer started =
                REALM.gasPump()
                        .start(
                                Form.of(
                                        "scope",
                                        "openid",
                                        "login_hint",
                                        "dan",
                                        "requested_expiry",
                                        "10"));

        JsonNode expired = awaitEvent(started, "expired");

        assertThat(expired.path("type").asText()).isEqualTo("AUTHREQID_TO_TOKEN_ERROR");
        assertThat(expired.path("details").path("ciba_result").asText()).isEqualTo(FAILED);
        assertThat(expired.path("details").path("reason").asText()).isEqualTo("nobody_decided");
    }

    @Test
    void metricsCountWhatHappens() {
        double before = metric("ciba_decisions_total", "denied");
        RelyingParty pump = REALM.gasPump();
        Answer started = pump.start("alice", "metrics");
        pump.poll(started.authReqId());
        URI link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink();
        awaitEvent(started, "sent");
        ApprovalForm.decide(link, "deny");

        assertThat(metric("ciba_decisions_total", "denied")).isEqualTo(before + 1);
        assertThat(metric("ciba_requests_total", "accepted")).isPositive();
        assertThat(metric("ciba_mails_total", "sent")).isPositive();
        assertThat(metric("ciba_polls_total", "pending")).isPositive();
        List<String> all = Metrics.of(REALM.server()).lines();
        assertThat(String.join("\n", all))
                .contains("ciba_pending ")
                .contains("ciba_mails_queued ")
                .contains("ciba_time_to_decide_seconds_bucket{")
                .contains("ciba_time_to_send_seconds_bucket{");
        assertThat(all.stream().filter(line -> line.startsWith("ciba_")))
                .noneMatch(line -> line.contains("alice") || line.contains(started.authReqId()));
    }

    @Test
    void webhookTellsSignedEventsUntilTheyAreTaken() throws GeneralSecurityException {
        HOOK.failNext(1);
        Answer started = REALM.relyingParty("hooked").start("eve", "hook");
        URI link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink();
        ApprovalForm.decide(link, "approve");

        for (String step : List.of("requested", "sent", "opened", "approved")) {
            HookServer.Call call =
                    await("the call for " + step)
                            .atMost(SOON)
                            .until(() -> taken(started, step), Optional::isPresent)
                            .get();
            long timestamp = Long.parseLong(call.header("X-CIBA-Timestamp"));
            assertThat(Instant.ofEpochSecond(timestamp))
                    .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(5));
            assertThat(call.header("X-CIBA-Signature"))
                    .isEqualTo("sha256=" + hmac(timestamp + "." + call.body()));
            assertThat(call.body()).doesNotContain(link.getPath());
        }
        assertThat(HOOK.calls()).anyMatch(call -> call.status() == 503);
        assertThat(REALM.server().logs()).doesNotContain(SECRET);
    }

    @Test
    void revocationOfAnApprovalIsCountedAndToldToTheWebhook() {
        Answer started = REALM.relyingParty("hooked").start("flo", "not mine");
        URI link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink();
        ApprovalForm.decide(link, "approve");
        double before = metric("ciba_decisions_total", "revoked");

        new ApprovalForm(URI.create(link + "/revoke"), ApprovalForm.open(link).token())
                .press("revoke", "true");

        HookServer.Call call =
                await("the call")
                        .atMost(SOON)
                        .until(() -> taken(started, "revoked"), Optional::isPresent)
                        .get();
        assertThat(Json.parse(call.body()).path("error").asText()).isEqualTo("approval_revoked");
        assertThat(call.body()).doesNotContain(link.getPath());
        assertThat(metric("ciba_decisions_total", "revoked")).isEqualTo(before + 1);
    }

    @Test
    void webhookNeedsASecret() {
        String body =
                """
                {"providerId": "ciba-policy",
                 "providerType": "org.keycloak.services.ui.extend.UiPageProvider",
                 "config": {"name": ["unsigned"], "webhookUrl": ["https://hook.example/"]}}
                """;

        Answer answer =
                REALM.admin().call("POST", "/" + REALM.name() + "/components", Json.parse(body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("errorMessage")).contains("webhookSecret");
    }

    private static Optional<HookServer.Call> taken(Answer started, String step) {
        return HOOK.calls().stream()
                .filter(call -> call.status() == 200)
                .filter(
                        call -> {
                            JsonNode details = Json.parse(call.body()).path("details");
                            return details.path("auth_req_id").asText().equals(started.authReqId())
                                    && details.path("ciba_event").asText().equals(step);
                        })
                .findFirst();
    }

    private static String hmac(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static double metric(String name, String outcome) {
        return Metrics.of(REALM.server())
                .value(name, "outcome=\"" + outcome + '"', "realm=\"" + REALM.name() + '"');
    }

    private static JsonNode awaitEvent(Answer started, String step) {
        return await("the event " + step)
                .atMost(SOON)
                .until(() -> eventsOf(started, step).stream().findFirst(), Optional::isPresent)
                .get();
    }

    private static List<JsonNode> eventsOf(Answer started, String step) {
        return REALM.admin().events(REALM.name()).stream()
                .filter(
                        event ->
                                event.path("details")
                                                .path("auth_req_id")
                                                .asText()
                                                .equals(started.authReqId())
                                        && event.path("details")
                                                .path("ciba_event")
                                                .asText()
                                                .equals(step))
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a relying party tells about the place and the device where a request began. */
class RequestContextIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.addUser("dora");
                                realm.addUser("emil");
                            });

    private final RelyingParty pump = REALM.gasPump();

    @Test
    @BrowserTest
    void placeAndDeviceStandOnThePageAsText(Page page) {
        Answer started =
                start(
                        "alice",
                        "{\"place\":\"Rosenheim <b>Süd</b> ${appName}\",\"device\":\"Pump 4\","
                                + "\"address\":\"203.0.113.7\",\"other\":[1]}");

        page.navigate(REALM.linkOf(started).toString());

        assertThat(page.locator("main").innerText())
                .contains("Rosenheim <b>Süd</b> ${appName}", "Pump 4", "203.0.113.7")
                .contains("what Gas Pump reports")
                .doesNotContain("the very browser");
        assertThat(page.locator("main dd b").count()).isZero();
    }

    @Test
    @BrowserTest
    void whatAgreesProvesNothingAndIsNotSaid(Page page) {
        page.navigate(REALM.url("/.well-known/openid-configuration").toString());
        String userAgent = (String) page.evaluate("navigator.userAgent");
        Answer started =
                start(
                        "dora",
                        Json.MAPPER
                                .createObjectNode()
                                .put("address", "127.0.0.1")
                                .put("user_agent", userAgent)
                                .toString());

        page.navigate(REALM.linkOf(started).toString());

        assertThat(page.locator("main").innerText())
                .contains("Address of the device")
                .doesNotContain("the very browser");
        assertThat(page.locator("#ciba-other-device").count()).isZero();
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");
        assertThat(decision(started).at("/details/other_device").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"address\":\"127.0.0.1\",\"user_agent\":\"Pump browser\"}",
                "{\"address\":\"198.51.100.7\"}",
                "{\"user_agent\":\"Pump browser\"}"
            })
    void whatTheApplicationSaysOfAnotherDeviceIsAWarning(String context) {
        Answer started = start("emil", context);

        Answer page = RelyingParty.exchange(HttpRequest.newBuilder(REALM.linkOf(started)).build());

        assertThat(page.body())
                .contains("id=\"ciba-other-device\"")
                .contains("According to Gas Pump, this was started on another device");
        ApprovalForm.decide(REALM.linkOf(started), "deny");
        assertThat(decision(started).at("/details/other_device").asText()).isEqualTo("true");
    }

    @Test
    void whereTheApplicationSaysNothingNothingIsSaid() {
        Answer started = start("emil", "{\"place\":\"Kufstein\"}");

        Answer page = RelyingParty.exchange(HttpRequest.newBuilder(REALM.linkOf(started)).build());

        assertThat(page.body()).contains("Kufstein").doesNotContain("ciba-other-device");
    }

    private static JsonNode decision(Answer started) {
        return REALM.admin().events(REALM.name()).stream()
                .filter(
                        event ->
                                event.at("/details/auth_req_id")
                                        .asText()
                                        .equals(started.authReqId()))
                .filter(event -> !event.at("/details/decision").asText().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "\"text\"",
                "null",
                "{\"device\":\"Pump  4\"}",
                "{\"device\":\"Pump\\n4\"}",
                "{\"device\":\"Pump\\u200b4\"}",
                "{\"device\":\" \"}",
                "{\"device\":4}",
                "{\"place\":\"\\u202emiehnesoR\"}",
                "{\"address\":\"203.0.113.7\\u00a0\"}",
                "{\"user_agent\":\"Pump\\t4\"}"
            })
    void whatIsNoObjectOrWouldNotBeShownAsItIsIsRefused(String context) {
        for (RelyingParty where : List.of(pump, pump.atKeycloakEndpoints())) {
            Answer answer = where.start(withContext("alice", context));

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("invalid_request");
            assertThat(answer.errorDescription()).contains("request_context");
        }
    }

    @Test
    void nothingIsCut() {
        String longest = "x".repeat(100);

        assertThat(start("alice", "{\"device\":\"" + longest + "x\"}").status()).isEqualTo(400);
        Answer started = start("alice", "{\"device\":\"" + longest + "\",\"place\":null}");
        assertThat(
                        RelyingParty.exchange(HttpRequest.newBuilder(REALM.linkOf(started)).build())
                                .body())
                .contains(">" + longest + "<");
    }

    @Test
    void keycloaksOwnEndpointTakesItAsWell() {
        Answer started =
                pump.atKeycloakEndpoints()
                        .start(
                                Form.of("scope", "openid", "login_hint", "alice")
                                        .and("binding_message", "own-endpoint-context")
                                        .and("request_context", "{\"place\":\"Kufstein\"}"));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        URI link =
                REALM.mailbox()
                        .await(
                                mail -> mail.mentions("own-endpoint-context"),
                                Duration.ofSeconds(20))
                        .magicLink();

        Answer page = RelyingParty.exchange(HttpRequest.newBuilder(link).build());

        assertThat(page.body()).contains("Kufstein");
    }

    private Answer start(String user, String context) {
        return pump.start(withContext(user, context));
    }

    private static Form withContext(String user, String context) {
        return Form.of("scope", "openid", "login_hint", user, "request_context", context);
    }
}

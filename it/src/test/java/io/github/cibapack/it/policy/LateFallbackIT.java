// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.mail.ScriptedSmtp.Mood;
import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.unaffected.DecoupledServer;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a request whose mail is refused, or whose HTTP server speaks twice. */
class LateFallbackIT {
    private static final DecoupledServer DECOUPLED = DecoupledServer.start();

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().with(realm -> FallbackRealm.prepare(realm, DECOUPLED));

    private final Events events = new Events(REALM);

    @BeforeEach
    void everythingWorks() {
        DECOUPLED.forget();
        DECOUPLED.answer(201);
        FallbackRealm.sendMailTo(REALM, REALM.mailbox().port());
    }

    @AfterAll
    static void stop() {
        DECOUPLED.close();
    }

    @Test
    void mailRefusedForGoodGoesOnOverHttp() throws InterruptedException {
        RelyingParty client = REALM.relyingParty("email-http");
        try (ScriptedSmtp smtp = ScriptedSmtp.start().become(Mood.UNKNOWN_RECIPIENT)) {
            FallbackRealm.sendMailTo(REALM, smtp.port());
            Answer started = client.start("hugo", "moved");
            DecoupledServer.Call call = DECOUPLED.next();

            assertThat(call.body().path("login_hint").asText()).isEqualTo("hugo");
            assertThat(call.body().path("binding_message").asText()).isEqualTo("moved");
            JsonNode rerouted = events.await(started, "rerouted");
            assertThat(rerouted.path("channel").asText()).isEqualTo("http");
            assertThat(rerouted.path("failed_channels").asText()).isEqualTo("email:smtp_reply_550");
            assertThat(client.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
            DecoupledServer.callBack(REALM.url(""), call, "SUCCEED");
            Answer tokens = client.pollUntilDecided(started);
            assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
            assertThat(smtp.tries()).hasSize(1);
        }
    }

    @Test
    @BrowserTest
    void mailRefusedForGoodGoesOnInTheList(Page page) {
        RelyingParty client = REALM.relyingParty("all");
        try (ScriptedSmtp smtp = ScriptedSmtp.start().become(Mood.UNKNOWN_RECIPIENT)) {
            FallbackRealm.sendMailTo(REALM, smtp.port());
            Answer started = client.start("dora", "in the list after all");
            assertThat(events.await(started, "rerouted").path("channel").asText())
                    .isEqualTo("inbox");

            FallbackRealm.approveInList(REALM, page, "dora", "in the list after all");

            Answer tokens = client.pollUntilDecided(started);
            assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
            assertThat(events.await(started, "approved").path("channel").asText())
                    .isEqualTo("inbox");
        }
    }

    @Test
    void requestEndsWhereTheLaterChannelFailsAsWell() {
        DECOUPLED.answer(500);
        RelyingParty client = REALM.relyingParty("email-http");
        try (ScriptedSmtp smtp = ScriptedSmtp.start().become(Mood.UNKNOWN_RECIPIENT)) {
            FallbackRealm.sendMailTo(REALM, smtp.port());
            Answer started = client.start("ines", "nowhere");

            Answer ended = client.pollUntilDecided(started);

            assertThat(ended.error()).isEqualTo("access_denied");
            assertThat(ended.errorDescription()).contains("could not be delivered to the user");
            assertThat(events.await(started, "send_failed").path("reason").asText())
                    .isEqualTo("smtp_reply_550");
        }
    }

    @Test
    void mailThatIsRefusedAtOnceGivesWayAtOnce() {
        try (ScriptedSmtp smtp = ScriptedSmtp.start().become(Mood.UNKNOWN_RECIPIENT)) {
            FallbackRealm.sendMailTo(REALM, smtp.port());

            Answer started = REALM.relyingParty("at-once").start("jack", "now");

            assertThat(started.status()).as(started.body()).isEqualTo(200);
            JsonNode details = events.await(started, "requested");
            assertThat(details.path("channel").asText()).isEqualTo("inbox");
            assertThat(details.path("failed_channels").asText()).isEqualTo("email:mail_refused");
        }
    }

    @Test
    void secondWordOfTheHttpServerUndoesNothing() throws InterruptedException {
        RelyingParty client = REALM.relyingParty("http-email");
        Answer started = client.start("kate", "twice");
        DecoupledServer.Call call = DECOUPLED.next();

        assertThat(DecoupledServer.callBack(REALM.url(""), call, "SUCCEED").status())
                .isEqualTo(200);
        Answer second = DecoupledServer.callBack(REALM.url(""), call, "UNAUTHORIZED");

        assertThat(second.status()).isEqualTo(403);
        Answer tokens = client.pollUntilDecided(started);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    }

    /** Whoever decides in its place has terms of its own: a list, a login, another server. */
    @ParameterizedTest
    @CsvSource({"at-once, inbox", "at-once-http, http"})
    void linkOfAMailThatSeemedLostOpensNothing(String clientId, String channel) {
        RelyingParty client = REALM.relyingParty(clientId);
        try (ScriptedSmtp smtp = ScriptedSmtp.start().become(Mood.DROPS_AFTER_FINAL_DOT)) {
            FallbackRealm.sendMailTo(REALM, smtp.port());

            Answer started = client.start("lena", "lost");

            assertThat(events.await(started, "requested").path("channel").asText())
                    .isEqualTo(channel);
            URI link = smtp.acceptedFor(started.authReqId()).get(0).magicLink();
            assertThat(OpenRequest.visit("GET", link).status()).isEqualTo(404);
            assertThat(OpenRequest.visit("POST", link).status()).isEqualTo(404);
            assertThat(client.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
        }
    }
}

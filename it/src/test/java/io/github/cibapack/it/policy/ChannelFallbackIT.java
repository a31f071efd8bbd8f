// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.unaffected.DecoupledServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several channels in order of preference: where one cannot be used, the next one is. */
class ChannelFallbackIT {

    private static final Duration SOON = Duration.ofSeconds(40);

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
    void firstChannelIsTheOneThatAsks() {
        Answer started = REALM.relyingParty("email-http").start("dora", "first");

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        REALM.mailbox().awaitMailFor(started.authReqId());
        assertThat(DECOUPLED.wasNotCalled()).isTrue();
        JsonNode details = events.await(started, "requested");
        assertThat(details.path("channel").asText()).isEqualTo("email");
        assertThat(details.has("failed_channels")).isFalse();
    }

    @Test
    void whoHasNoVerifiedAddressIsAskedOverHttp() throws InterruptedException {
        RelyingParty client = REALM.relyingParty("email-http");

        Answer started = client.start("una", "Pump 4: $50");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        DecoupledServer.Call call = DECOUPLED.next();

        assertThat(call.body().path("login_hint").asText()).isEqualTo("una");
        assertThat(call.body().path("binding_message").asText()).isEqualTo("Pump 4: $50");
        assertThat(call.contentType()).startsWith("application/json");
        JsonNode requested = events.await(started, "requested");
        assertThat(requested.path("channel").asText()).isEqualTo("http");
        assertThat(requested.path("failed_channels").asText())
                .isEqualTo("email:no_verified_address");
        assertThat(client.poll(started.authReqId()).error()).isEqualTo("authorization_pending");

        assertThat(DecoupledServer.callBack(REALM.url(""), call, "SUCCEED").status())
                .isEqualTo(200);

        Answer tokens = client.pollUntilDecided(started);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        JsonNode approved = events.await(started, "approved");
        assertThat(approved.path("channel").asText()).isEqualTo("http");
        assertThat(approved.path("ciba_policy").asText()).isEqualTo("email-http");
        assertThat(REALM.mailbox().all()).noneMatch(mail -> mail.mentions(started.authReqId()));
    }

    @Test
    void realmWithoutMailServerAsksOverHttp() throws InterruptedException {
        REALM.admin()
                .updateRealm(
                        REALM.name(), realm -> realm.withObjectProperty("smtpServer").removeAll());
        try {
            Answer started = REALM.relyingParty("email-http").start("erik", "no mail server");

            assertThat(started.status()).as(started.body()).isEqualTo(200);
            DECOUPLED.next();
            assertThat(events.await(started, "requested").path("failed_channels").asText())
                    .isEqualTo("email:no_mail_server");
        } finally {
            FallbackRealm.sendMailTo(REALM, REALM.mailbox().port());
        }
    }

    @Test
    void httpServerThatSaysNoGivesWayToEmail() throws InterruptedException {
        DECOUPLED.answer(403);

        Answer started = REALM.relyingParty("http-email").start("fred", "refused there");

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        DECOUPLED.next();
        REALM.mailbox().awaitMailFor(started.authReqId());
        JsonNode details = events.await(started, "requested");
        assertThat(details.path("channel").asText()).isEqualTo("email");
        assertThat(details.path("failed_channels").asText()).isEqualTo("http:channel_refused");
    }

    @Test
    void httpServerThatIsDownGivesWayToEmail() {
        Answer started = REALM.relyingParty("dead-email").start("gina", "down there");

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        REALM.mailbox().awaitMailFor(started.authReqId());
        assertThat(events.await(started, "requested").path("failed_channels").asText())
                .isEqualTo("http:channel_failed");
    }

    @Test
    @BrowserTest
    void whoCannotGetMailFindsTheRequestInTheList(Page page) {
        RelyingParty client = REALM.relyingParty("email-inbox");
        Answer started = client.start("uwe", "only in the list");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(events.await(started, "requested").path("channel").asText()).isEqualTo("inbox");

        FallbackRealm.approveInList(REALM, page, "uwe", "only in the list");

        Answer tokens = client.pollUntilDecided(started);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(events.await(started, "approved").path("channel").asText()).isEqualTo("inbox");
        assertThat(REALM.mailbox().all()).noneMatch(mail -> mail.mentions(started.authReqId()));
    }

    @Test
    void channelsAreTriedInTheirOrderUntilOneCan() {
        Answer started = REALM.relyingParty("all").start("ulf", "third");

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        JsonNode details = events.await(started, "requested");
        assertThat(details.path("channel").asText()).isEqualTo("inbox");
        assertThat(details.path("failed_channels").asText())
                .isEqualTo("email:no_verified_address http:channel_failed");
    }

    @Test
    void whereNoneCanTheFirstOnesReasonIsTheAnswer() {
        DECOUPLED.answer(500);

        Answer emailFirst = REALM.relyingParty("email-http").start("ursula", "nobody");
        Answer httpFirst = REALM.relyingParty("http-email").start("ursula", "nobody");

        assertThat(emailFirst.status()).as(emailFirst.body()).isEqualTo(403);
        assertThat(emailFirst.error()).isEqualTo("access_denied");
        assertThat(emailFirst.errorDescription()).contains("no verified e-mail address");
        assertThat(events.ofRefusal(emailFirst, "refused").path("failed_channels").asText())
                .isEqualTo("email:no_verified_address http:channel_refused");
        assertThat(httpFirst.status()).as(httpFirst.body()).isEqualTo(503);
        assertThat(httpFirst.error()).isEqualTo("server_error");
        assertThat(httpFirst.errorDescription()).doesNotContain("e-mail");
    }

    @Test
    void mailLimitsCountMailsAndPendingCapsCountEveryRequest() throws InterruptedException {
        RelyingParty client = REALM.relyingParty("counted");
        for (int i = 0; i < 3; i++) {
            Answer byHttp = client.start("liam", "http " + i);
            assertThat(byHttp.status()).as(byHttp.body()).isEqualTo(200);
        }
        JsonNode full = events.ofRefusal(client.start("liam", "one too many"), "throttled");
        assertThat(full.path("counter").asText()).isEqualTo("pending_of_client_and_user");
        for (int i = 0; i < 3; i++) {
            DecoupledServer.callBack(REALM.url(""), DECOUPLED.next(), "UNAUTHORIZED");
        }

        DECOUPLED.answer(500);
        Answer firstMail = client.start("liam", "a mail");
        Answer secondMail = client.start("liam", "another mail");

        assertThat(firstMail.status()).as(firstMail.body()).isEqualTo(200);
        REALM.mailbox().awaitMailFor(firstMail.authReqId());
        assertThat(secondMail.status()).as(secondMail.body()).isEqualTo(403);
        assertThat(events.ofRefusal(secondMail, "throttled").path("counter").asText())
                .startsWith("day");
        DECOUPLED.answer(201);
        assertThat(client.start("liam", "http again").status()).isEqualTo(200);
    }

    @Test
    void hiddenUserLooksLikeNobodyWhenTheHttpServerFails() {
        RelyingParty client = REALM.relyingParty("hiding");
        DECOUPLED.answer(500);

        Answer real = client.start("mia", "real");
        Answer nobody = client.start("nobody-of-that-name", "nobody");
        Answer atKeycloaks = startAtKeycloaks("hiding", "mia");

        assertThat(List.of(real, nobody, atKeycloaks))
                .allSatisfy(answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(200));
        JsonNode details = events.await(real, "refused");
        assertThat(details.path("hidden").asText()).isEqualTo("true");
        assertThat(details.path("reason").asText()).isEqualTo("channel_refused");
        assertThat(client.poll(real.authReqId()).error()).isEqualTo("authorization_pending");
    }

    @Test
    void keycloaksEndpointGoesAlongTheChannelsToo() throws InterruptedException {
        Answer toHttp = startAtKeycloaks("email-http", "umberto");
        assertThat(toHttp.status()).as(toHttp.body()).isEqualTo(200);
        DecoupledServer.Call call = DECOUPLED.next();
        assertThat(call.body().path("login_hint").asText()).isEqualTo("umberto");
        DecoupledServer.callBack(REALM.url(""), call, "SUCCEED");
        Answer tokens =
                REALM.relyingParty("email-http").atKeycloakEndpoints().poll(toHttp.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);

        DECOUPLED.answer(500);
        int mails = REALM.mailbox().all().size();
        Answer toMail = startAtKeycloaks("http-email", "mia");
        assertThat(toMail.status()).as(toMail.body()).isEqualTo(200);
        await().atMost(SOON).until(() -> REALM.mailbox().all().size() > mails);

        Answer nowhere = startAtKeycloaks("email-http", "uli");
        assertThat(nowhere.status()).as(nowhere.body()).isEqualTo(403);
        assertThat(nowhere.errorDescription()).contains("no verified e-mail address");
    }

    private static Answer startAtKeycloaks(String client, String user) {
        return REALM.relyingParty(client)
                .atKeycloakEndpoints()
                .start(Form.of("scope", "openid", "login_hint", user));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A relying party asks where its request stands. */
class StatusIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(realm -> realm.addUser("reader"));

    @RegisterExtension static final RealmFixture UNDELIVERED = RealmFixture.fresh();

    @RegisterExtension
    static final RealmFixture HIDING =
            RealmFixture.fresh().with(realm -> realm.attribute("ciba.hide-users", "true"));

    private final RelyingParty pump = REALM.gasPump();

    @Test
    void requestIsDeliveredThenPerhapsOpenedByAScannerThenDecided() {
        Answer started = pump.start("reader", "Pump 1");
        URI link = REALM.linkOf(started);
        Trail.of(REALM, started).await("sent");

        Answer delivered = pump.status(started.authReqId());

        assertThat(delivered.status()).as(delivered.body()).isEqualTo(200);
        assertThat(delivered.text("status")).isEqualTo("delivered");
        assertThat(delivered.text("channel")).isEqualTo("email");
        assertThat(delivered.json().path("expires_in").asInt()).isBetween(1, 120);
        assertThat(delivered.header("Cache-Control")).isEqualTo("no-store");

        RelyingParty.exchange(HttpRequest.newBuilder(link).build());
        Answer opened = whenDue(started);
        assertThat(opened.text("status")).isEqualTo("opened");
        assertThat(opened.text("opened_by")).isEqualTo("person_or_scanner");

        ApprovalForm.decide(link, "approve");
        Answer decided = pump.status(started.authReqId());
        assertThat(decided.text("status")).isEqualTo("decided");
        assertThat(decided.json().fieldNames())
                .toIterable()
                .containsExactly("status", "expires_in", "interval");
        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
        assertThat(pump.status(started.authReqId()).error()).isEqualTo("invalid_grant");
    }

    @Test
    void mailThatHasNotLeftIsNotDelivered() {
        try (ScriptedSmtp refusing =
                ScriptedSmtp.startFor(UNDELIVERED.server().smtpBindAddress())) {
            refusing.become(ScriptedSmtp.Mood.BUSY);
            UNDELIVERED
                    .admin()
                    .updateRealm(
                            UNDELIVERED.name(),
                            realm ->
                                    realm.withObjectProperty("smtpServer")
                                            .put("port", Integer.toString(refusing.port())));
            Answer started = UNDELIVERED.gasPump().start("alice", "Pump 2");

            Answer status = UNDELIVERED.gasPump().status(started.accepted().authReqId());

            assertThat(status.text("status")).isEqualTo("pending");
            assertThat(status.json().has("channel")).isFalse();
        }
    }

    @Test
    void questionThatComesTooEarlyIsAnsweredLikeAPollAndPollsKeepTheirOwnPace() {
        Answer started = pump.start("reader", "Pump 3");
        assertThat(pump.status(started.authReqId()).status()).isEqualTo(200);

        Answer early = pump.status(started.authReqId());

        assertThat(early.status()).as(early.body()).isEqualTo(400);
        assertThat(early.error()).isEqualTo("slow_down");
        assertThat(early.header("Retry-After")).isNotEmpty();
        assertThat(early.errorDescription()).contains("Please slow down the poll requests.");
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }

    @Test
    void foreignAndUnknownRequestsAreUnknownAndNobodyElseIsTold() {
        Answer started = pump.start("reader", "Pump 4");

        for (Answer answer :
                List.of(
                        REALM.gasPumpPost().status(started.authReqId()),
                        pump.status(UUID.randomUUID().toString()),
                        pump.status("rule." + started.authReqId()))) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("invalid_grant");
        }
        assertThat(pump.withoutSecret().status(started.authReqId()).status()).isEqualTo(401);
    }

    @Test
    void whereUsersAreHiddenNothingIsToldOfAnyRequest() {
        RelyingParty hiding = HIDING.gasPump();
        Answer nobody = hiding.start("nobody-at-all", "Pump 5").accepted();
        Answer somebody = hiding.start("alice", "Pump 5").accepted();

        for (String id : List.of(nobody.authReqId(), somebody.authReqId(), "unknown")) {
            Answer answer = hiding.status(id);
            assertThat(answer.status()).as(answer.body()).isEqualTo(403);
            assertThat(answer.error()).isEqualTo("access_denied");
        }
        assertThat(document(HIDING).has("backchannel_authentication_status_endpoint")).isFalse();
        assertThat(document(HIDING).has("backchannel_authentication_cancellation_endpoint"))
                .isTrue();
        assertThat(document(REALM).path("backchannel_authentication_status_endpoint").asText())
                .isEqualTo(REALM.url("/as/status").toString());
    }

    private static com.fasterxml.jackson.databind.JsonNode document(RealmFixture realm) {
        return RelyingParty.exchange(
                        HttpRequest.newBuilder(realm.url("/as/.well-known/openid-configuration"))
                                .build())
                .json();
    }

    private Answer whenDue(Answer started) {
        return await("an answer in time")
                .atMost(SOON)
                .until(() -> pump.status(started.authReqId()), answer -> answer.status() == 200);
    }
}

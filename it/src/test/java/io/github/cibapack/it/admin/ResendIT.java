// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.SeenSecrets;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An admin has the mail of a pending request sent once more. */
class ResendIT {
    private static final String LIMITS = "ciba-notification-policy";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(ResendIT::prepare);

    private final AdminCalls admin = AdminCalls.in(REALM);

    private static void prepare(RealmDocument realm) {
        for (String user :
                List.of(
                        "again",
                        "watched",
                        "either",
                        "few",
                        "paused",
                        "done",
                        "moved",
                        "switched-off",
                        "quiet")) {
            realm.addUser(user);
        }
        realm.component(LIMITS, "name", "three", "total", "3", "clientShare", "99");
        realm.component(LIMITS, "name", "paused", "cooldown", "true");
        realm.component(
                LIMITS,
                "name",
                "quiet",
                "pendingPerUser",
                "2",
                "pendingPerClientAndUser",
                "1",
                "overCap",
                "inbox");
        for (String policy : List.of("three", "paused", "quiet")) {
            realm.addClient(policy, policy + "-secret")
                    .withObjectProperty("attributes")
                    .put("ciba.notification-policy", policy);
        }
    }

    @Test
    void secondMailIsOfTheSameRequestWithALinkOfItsOwn() {
        Answer started = REALM.gasPump().start("again", "Pump 4");
        admin.awaitMails(started.authReqId(), 1);

        Answer resent = resend(started);

        assertThat(resent.status()).as(resent.body()).isEqualTo(204);
        List<ReceivedMail> mails = admin.awaitMails(started.authReqId(), 2);
        assertThat(mails).extracting(ReceivedMail::magicLink).doesNotHaveDuplicates();
        assertThat(mails).allMatch(mail -> mail.mentions("Pump 4"));
        assertThat(admin.stepsOf(started.authReqId())).contains("resent");
        assertThat(admin.adminEvents("CIBA_REQUEST"))
                .anyMatch(
                        change ->
                                change.path("resourcePath")
                                        .asText()
                                        .equals(
                                                "ciba/requests/"
                                                        + started.authReqId()
                                                        + "/resend"));
    }

    @Test
    void bothLinksAreGoodUntilOneDecides() {
        for (int deciding = 0; deciding < 2; deciding++) {
            Answer started = REALM.gasPump().start("either", "Pump 5");
            admin.awaitMails(started.authReqId(), 1);
            assertThat(resend(started).status()).isEqualTo(204);
            List<ReceivedMail> mails = admin.awaitMails(started.authReqId(), 2);

            ApprovalForm.decide(mails.get(deciding).magicLink(), "approve");

            assertThat(page(mails.get(0).magicLink())).contains("Approved");
            assertThat(page(mails.get(1).magicLink())).contains("Approved");
            assertThat(REALM.gasPump().poll(started.authReqId()).status()).isEqualTo(200);
        }
    }

    @Test
    void resentMailCountsLikeAnyOther() {
        RelyingParty three = REALM.relyingParty("three");
        Answer started = three.start("few", "Pump 6");
        assertThat(resend(started).status()).isEqualTo(204);
        admin.awaitMails(started.authReqId(), 2);

        Answer refused = resend(started);

        assertThat(refused.status()).as(refused.body()).isEqualTo(429);
        assertThat(refused.json().path("error").asText()).isEqualTo("limit_reached");
        assertThat(refused.json().path("notificationPolicy").asText()).isEqualTo("three");
        assertThat(refused.json().path("counter").asText()).isEqualTo("day_of_client");
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(three.start("few", "one more").status()).isEqualTo(403);
        assertThat(three.poll(started.authReqId()).isUndecided()).isTrue();
    }

    @Test
    void cooldownHoldsForTheAdminToo() {
        Answer started = REALM.relyingParty("paused").start("paused", "Pump 7");

        Answer early = resend(started);

        assertThat(early.status()).as(early.body()).isEqualTo(429);
        assertThat(early.json().path("counter").asText()).isEqualTo("cooldown");
        assertThat(Long.parseLong(early.header("Retry-After"))).isBetween(1L, 30L);
    }

    @Test
    void decidedRequestIsNotMailedAgain() {
        Answer started = REALM.gasPump().start("done", "Pump 8");
        ApprovalForm.decide(admin.awaitMails(started.authReqId(), 1).get(0).magicLink(), "deny");

        Answer refused = resend(started);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("error").asText()).isEqualTo("not_pending");
    }

    @Test
    void requestThatWaitsInTheInboxHasNoMailToSendAgain() {
        RelyingParty quiet = REALM.relyingParty("quiet");
        quiet.start("quiet", "mailed");
        Answer started = quiet.start("quiet", "not mailed");

        Answer refused = resend(started);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("error").asText()).isEqualTo("no_mail");
        assertThat(admin.pendingOf("quiet")).contains(started.authReqId());
    }

    @Test
    void userWhoseAddressHasChangedIsNotMailedAgain() {
        Answer started = REALM.gasPump().start("moved", "Pump 9");
        String other = "moved-away@ciba-demo.example";
        SeenSecrets.add(other);
        REALM.admin().updateUser(REALM.name(), "moved", user -> user.put("email", other));

        Answer refused = resend(started);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("error").asText()).isEqualTo("address_changed");
        assertThat(refused.body()).doesNotContain("@");
    }

    @Test
    void disabledUserIsNotMailedAgain() {
        Answer started = REALM.gasPump().start("switched-off", "Pump 10");
        REALM.admin().updateUser(REALM.name(), "switched-off", user -> user.put("enabled", false));

        assertThat(resend(started).json().path("error").asText()).isEqualTo("user_cannot_be_asked");
    }

    @Test
    void noAnswerHoldsALinkOrAnAddress() {
        Answer started = REALM.gasPump().start("watched", "Pump 11");
        admin.awaitMails(started.authReqId(), 1);
        assertThat(resend(started).status()).isEqualTo(204);
        List<ReceivedMail> mails = admin.awaitMails(started.authReqId(), 2);
        String user = "users/" + REALM.userId("watched");

        for (String path :
                List.of(
                        user + "/requests",
                        user + "/notification-counters?client=gas-pump",
                        "requests/" + started.authReqId(),
                        "requests/" + started.authReqId() + "/history",
                        "history",
                        "problems",
                        "clients/" + client("gas-pump") + "/settings")) {
            String answer = admin.get(path).body();
            assertThat(answer)
                    .as(path)
                    .doesNotContain("ciba/approve", "@ciba-demo", REALM.secretOf("gas-pump"));
            for (ReceivedMail mail : mails) {
                assertThat(answer).as(path).doesNotContain(ticket(mail));
            }
        }
    }

    private static String client(String clientId) {
        return REALM.admin().client(REALM.name(), clientId).path("id").asText();
    }

    private static String ticket(ReceivedMail mail) {
        String link = mail.magicLink().toString();
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private Answer resend(Answer started) {
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return admin.post("requests/" + started.authReqId() + "/resend");
    }

    private static String page(URI link) {
        return RelyingParty.exchange(HttpRequest.newBuilder(link).build()).body();
    }
}

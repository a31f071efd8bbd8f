// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A policy that leaves what is over a cap to the inbox. One client may have two requests pending
 * for a user, and two more in the inbox.
 */
class InboxOnlyIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                for (String user :
                                        List.of("hana", "igor", "jane", "karl", "lena")) {
                                    Policies.addUserWithPassword(realm, user);
                                }
                                leaveToInbox(realm);
                            });

    @RegisterExtension
    static final RealmFixture NOBODY_SIGNS_IN =
            RealmFixture.fresh().with(InboxOnlyIT::leaveToInbox).with(Policies::removeLoginClient);

    private final RelyingParty pump = REALM.gasPump();

    private static void leaveToInbox(RealmDocument realm) {
        realm.component(
                "ciba-notification-policy",
                "name",
                "default",
                "pendingPerUser",
                "3",
                "pendingPerClientAndUser",
                "2",
                "pendingPerClient",
                "50",
                "overCap",
                "inbox");
    }

    @Test
    @BrowserTest
    void requestOverTheCapIsDecidedInTheInboxAndSendsNoMail(Page page) {
        List<Answer> mailed = startTwo("hana");

        Answer quiet = pump.start("hana", "the quiet one");

        assertThat(quiet.status()).as(quiet.body()).isEqualTo(200);
        JsonNode details = Trail.of(REALM, quiet).awaitDetails("requested");
        assertThat(details.path("inbox_only").asText()).isEqualTo("true");
        assertThat(details.path("counter").asText()).isEqualTo("pending_of_client_and_user");
        assertThat(details.path("notification_policy").asText()).isEqualTo("default");
        assertThat(Trail.of(REALM, mailed.get(0)).awaitDetails("requested").has("inbox_only"))
                .isFalse();

        page.navigate(REALM.url("/ciba/requests").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "hana");
        page.waitForSelector("#ciba-pending");
        assertThat(page.locator("ul[aria-labelledby=ciba-pending] li").count()).isEqualTo(3);
        page.locator("ul[aria-labelledby=ciba-pending] li")
                .filter(new Locator.FilterOptions().setHasText("the quiet one"))
                .locator("a")
                .click();
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");

        assertThat(pump.poll(quiet.authReqId()).status()).isEqualTo(200);
        assertThat(REALM.mailbox().all())
                .filteredOn(mail -> mail.to().contains("hana@ciba-demo.example"))
                .hasSize(2)
                .noneMatch(mail -> mail.mentions("the quiet one"));
        assertThat(Trail.of(REALM, quiet).steps())
                .containsOnlyOnce("requested", "approved")
                .doesNotContain("sent");
    }

    @Test
    void inboxTakesAsManyAgainAndNoMore() {
        startTwo("igor");
        assertThat(pump.start("igor", "inbox 1").status()).isEqualTo(200);
        assertThat(pump.start("igor", "inbox 2").status()).isEqualTo(200);

        Answer flood = pump.start("igor", "inbox 3");

        assertThat(flood.status()).isEqualTo(403);
        assertThat(flood.error()).isEqualTo("access_denied");
        assertThat(flood.header("Retry-After")).matches("[1-9][0-9]*");
        Answer other = REALM.gasPumpPost().start("igor", "another client's");
        assertThat(REALM.mailbox().awaitMailFor(other.authReqId()).to())
                .containsExactly("igor@ciba-demo.example");
    }

    @Test
    void adminsCountersTellTheMailedOnesOnly() {
        startTwo("lena");
        assertThat(pump.start("lena", "inbox").status()).isEqualTo(200);

        Answer counters =
                REALM.admin()
                        .call(
                                "GET",
                                "/%s/ciba/users/%s/notification-counters?client=gas-pump"
                                        .formatted(REALM.name(), REALM.userId("lena")),
                                null);

        assertThat(counters.json().at("/pending/ofClientAndUser/used").asInt())
                .as(counters.body())
                .isEqualTo(2);
        assertThat(counters.json().at("/pending/ofUser/used").asInt()).isEqualTo(2);
    }

    @Test
    void mailsGoOnWhenThereIsRoomAgain() {
        List<Answer> mailed = startTwo("jane");
        assertThat(pump.start("jane", "inbox").status()).isEqualTo(200);
        ApprovalForm.decide(
                REALM.mailbox().awaitMailFor(mailed.get(0).authReqId()).magicLink(), "deny");

        Answer next = pump.start("jane", "mailed again");

        assertThat(REALM.mailbox().awaitMailFor(next.authReqId()).text()).contains("mailed again");
    }

    @Test
    void keycloaksEndpointLeavesItToTheInboxAsWell() {
        RelyingParty party = pump.atKeycloakEndpoints();
        Form form = Form.of("scope", "openid", "login_hint", "karl");
        party.start(form);
        party.start(form);

        Answer quiet = party.start(form);

        assertThat(quiet.status()).as(quiet.body()).isEqualTo(200);
        assertThat(party.poll(quiet.authReqId()).error()).isEqualTo("authorization_pending");
        assertThat(REALM.admin().events(REALM.name()))
                .filteredOn(event -> event.path("userId").asText().equals(REALM.userId("karl")))
                .filteredOn(event -> event.path("details").path("inbox_only").asBoolean())
                .hasSize(1);
    }

    @Test
    void withoutASignInThereIsNoInboxToWaitIn() {
        RelyingParty party = NOBODY_SIGNS_IN.gasPump();
        party.start("alice", "1");
        party.start("alice", "2");

        Answer refused = party.start("alice", "3");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(NOBODY_SIGNS_IN.server().logs())
                .contains(
                        "Notification policy 'default' of realm '%s' leaves requests to an inbox"
                                .formatted(NOBODY_SIGNS_IN.name()))
                .contains("ciba.login.client");
    }

    private List<Answer> startTwo(String user) {
        List<Answer> started = List.of(pump.start(user, "mail 1"), pump.start(user, "mail 2"));
        started.forEach(answer -> REALM.mailbox().awaitMailFor(answer.authReqId()));
        return started;
    }
}

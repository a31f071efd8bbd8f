// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who cannot be asked for want of a verified address is mailed the link that verifies it. */
class AddressVerificationIT {
    private static final Pattern LINK =
            Pattern.compile("https?://\\S+/login-actions/action-token\\?key=\\S+");

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(AddressVerificationIT::prepare);

    private final RelyingParty verifying = REALM.gasPumpPost();
    private final RelyingParty hiding = REALM.relyingParty("hiding-pump").withSecretInBody();

    private static void prepare(RealmDocument realm) {
        Policies.add(realm, "verifying", "verifyAddress", "true");
        Policies.add(realm, "hiding", "verifyAddress", "true", "hideUsers", "true");
        realm.clientAttribute("gas-pump-post", "ciba.policies", "verifying");
        realm.addClient("hiding-pump", "hiding-pump-secret");
        realm.clientAttribute("hiding-pump", "ciba.policies", "hiding");
        for (String user :
                List.of("vera", "twice", "marker", "hidden", "native", "unasked", "late")) {
            addUnverified(realm, user);
        }
        ObjectNode nowhere = realm.addUser("nowhere");
        nowhere.remove("email");
        nowhere.put("emailVerified", false);
    }

    private static void addUnverified(RealmDocument realm, String user) {
        realm.addUser(user).put("emailVerified", false);
    }

    @Test
    @BrowserTest
    void linkVerifiesTheAddressAndTheNextRequestArrives(Page page) {
        Answer refused = start(verifying, "vera");
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.errorDescription()).contains("no verified e-mail address");

        page.navigate(link(mailTo("vera")));
        page.click("a[href*='action-token'], a[href*='execution']");
        page.waitForLoadState();

        assertThat(REALM.admin().user(REALM.name(), "vera").path("emailVerified").asBoolean())
                .isTrue();
        Answer started = start(verifying, "vera");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(REALM.mailbox().awaitMailFor(started.authReqId()).to())
                .containsExactly(address("vera"));
        assertThat(REALM.admin().events(REALM.name(), "SEND_VERIFY_EMAIL"))
                .anySatisfy(
                        event ->
                                assertThat(refused.errorDescription())
                                        .contains(event.at("/details/correlation_id").asText("?")));
    }

    @Test
    void linkThatIsStillGoodIsNotSentAgain() {
        start(verifying, "twice");
        mailTo("twice");

        assertThat(start(verifying, "twice").status()).isEqualTo(403);
        start(verifying, "marker");
        mailTo("marker");

        assertThat(REALM.mailbox().all())
                .filteredOn(mail -> mail.to().contains(address("twice")))
                .hasSize(1);
    }

    @Test
    void mailThatWasRefusedDoesNotHoldBackTheNextOne() {
        try (ScriptedSmtp smtp =
                ScriptedSmtp.start().onlyCount().become(ScriptedSmtp.Mood.UNKNOWN_RECIPIENT)) {
            mailGoesTo(smtp.port());
            start(verifying, "late");
            Awaitility.await("the event of the refused mail")
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    !REALM.admin()
                                            .events(REALM.name(), "SEND_VERIFY_EMAIL_ERROR")
                                            .isEmpty());

            smtp.become(ScriptedSmtp.Mood.GOOD);
            start(verifying, "late");

            Awaitility.await("the mail after it")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> smtp.count() == 1);
        } finally {
            mailGoesTo(REALM.mailbox().port());
        }
    }

    private static void mailGoesTo(int port) {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObjectProperty("smtpServer")
                                        .put("port", String.valueOf(port)));
    }

    @Test
    void itIsTheSameAtKeycloaksEndpoint() {
        assertThat(start(verifying.atKeycloakEndpoints(), "native").status()).isEqualTo(403);

        assertThat(link(mailTo("native"))).contains("action-token");
    }

    @Test
    void whereUsersAreHiddenTheAnswerTellsNothing() {
        for (String hint : List.of("hidden", "nobody-of-that-name", "nowhere", "alice")) {
            Answer answer = start(hiding, hint);

            assertThat(answer.status()).as("%s: %s", hint, answer.body()).isEqualTo(200);
            assertThat(hiding.poll(answer.authReqId()).error()).isEqualTo("authorization_pending");
        }
        assertThat(link(mailTo("hidden"))).contains("action-token");
        assertThat(REALM.mailbox().all())
                .as("nobody gets a mail that was made for the sake of time")
                .filteredOn(mail -> LINK.matcher(mail.text()).find())
                .noneMatch(
                        mail ->
                                mail.to().contains(address("alice"))
                                        || mail.to().toString().contains("nobody"));
    }

    @Test
    void withoutTheSettingNothingIsSent() {
        assertThat(start(REALM.gasPump(), "unasked").status()).isEqualTo(403);
        addAndAwait("after");

        assertThat(REALM.mailbox().all()).noneMatch(mail -> mail.to().contains(address("unasked")));
    }

    @Test
    void whoHasNoAddressIsRefusedAsEver() {
        assertThat(start(verifying, "nowhere").status()).isEqualTo(403);
    }

    /** A later mail has arrived: an earlier one would have. */
    private void addAndAwait(String user) {
        REALM.admin()
                .createUser(
                        REALM.name(),
                        Json.object()
                                .put("username", user)
                                .put("enabled", true)
                                .put("email", address(user))
                                .put("emailVerified", false));
        start(verifying, user);
        mailTo(user);
    }

    private static Answer start(RelyingParty party, String user) {
        return party.start(Form.of("scope", "openid", "login_hint", user));
    }

    private static String address(String user) {
        return user + "@ciba-demo.example";
    }

    private static ReceivedMail mailTo(String user) {
        return REALM.mailbox()
                .await(mail -> mail.to().contains(address(user)), Duration.ofSeconds(20));
    }

    private static String link(ReceivedMail mail) {
        Matcher link = LINK.matcher(mail.text());
        assertThat(link.find()).as(mail.text()).isTrue();
        return link.group();
    }
}

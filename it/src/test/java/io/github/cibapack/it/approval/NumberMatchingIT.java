// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The relying party shows a number; the user picks it among three. */
class NumberMatchingIT {

    private static final Pattern NUMBER = Pattern.compile("name=\"number\" value=\"([1-9][0-9])\"");

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                Policies.add(realm, "numbers", "numberMatching", "true");
                                for (String client : List.of("gas-pump", "gas-pump-post")) {
                                    realm.clientAttribute(client, "ciba.policies", "numbers");
                                }
                                realm.clientAttribute("gas-pump", "ciba.number.matching", "true");
                                Policies.add(
                                        realm,
                                        "hidden-numbers",
                                        "numberMatching",
                                        "true",
                                        "hideUsers",
                                        "true");
                                realm.addClient("hiding", "hiding-secret");
                                realm.clientAttribute("hiding", "ciba.policies", "hidden-numbers");
                                realm.clientAttribute("hiding", "ciba.number.matching", "true");
                                for (int i = 0; i < 8; i++) {
                                    realm.addUser("user" + i);
                                }
                            });

    private final RelyingParty pump = REALM.gasPump();

    @Test
    @BrowserTest
    void rightNumberApproves(Page page) {
        Answer started = pump.start("user0", "Pump 4");
        page.navigate(mail(started).magicLink().toString());
        assertThat(page.locator("button[value=approve]").count()).isZero();
        assertThat(page.locator("button[name=number]").count()).isEqualTo(3);

        PersonAtThePage.press(
                page, "button[name=number][value='" + started.text("match_code") + "']");

        assertThat(page.locator(".ciba-result-approved").count()).isEqualTo(1);
        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
    }

    @Test
    void wrongNumberDeniesAndThereIsNoSecondTry() {
        Answer started = pump.start("user1", "Pump 4");
        ApprovalForm form = ApprovalForm.open(mail(started).magicLink());
        String wrong =
                numbers(form.link()).stream()
                        .filter(number -> !number.equals(started.text("match_code")))
                        .findFirst()
                        .orElseThrow();

        Answer first = form.press("number", wrong);
        Answer second = form.press("number", started.text("match_code"));

        assertThat(first.body())
                .contains("ciba-result-denied")
                .contains("Wrong number")
                .contains("not the number");
        assertThat(second.body()).contains("not the number");
        Answer poll = pump.poll(started.authReqId());
        assertThat(poll.error()).isEqualTo("access_denied");
        assertThat(poll.errorDescription()).contains("has been denied.");
    }

    @Test
    void reloadDrawsNoOtherNumbers() {
        Answer started = pump.start("user2", "Pump 4");
        URI link = mail(started).magicLink();

        List<String> offered = numbers(link);

        assertThat(offered).hasSize(3).doesNotHaveDuplicates().contains(started.text("match_code"));
        assertThat(numbers(link)).isEqualTo(offered);
    }

    @Test
    void approvalWithoutANumberDecidesNothing() {
        Answer started = pump.start("user3", "Pump 4");
        ApprovalForm form = ApprovalForm.open(mail(started).magicLink());

        Answer page = form.press("decision", "approve");

        assertThat(page.status()).isEqualTo(403);
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }

    @Test
    void numberStandsInNoMailAndNoEvent() {
        Answer started = pump.start("user4", "Pump");
        ReceivedMail mail = mail(started);
        ApprovalForm.open(mail.magicLink()).press("number", started.text("match_code"));

        String withoutIds =
                (mail.text() + mail.subject()).replaceAll("[0-9a-f-]{36}|https?://\\S+", "");
        assertThat(withoutIds.replaceAll("\\d+ min|\\d{4}|:\\d\\d|\\d+\\.\\d+\\.\\d+\\.\\d+", ""))
                .doesNotContain(started.text("match_code"));
        assertThat(REALM.admin().events(REALM.name()).toString())
                .doesNotContain("\"" + started.text("match_code") + "\"")
                .doesNotContain("match_code");
    }

    @Test
    void hiddenUsersAnswerHasANumberLikeAnyOther() {
        RelyingParty hiding = REALM.relyingParty("hiding");

        Answer known = hiding.start("user7", "Pump 4");
        Answer unknown = hiding.start("nobody-of-this-name", "Pump 4");

        assertThat(known.text("match_code")).matches("[1-9][0-9]");
        assertThat(unknown.status()).as(unknown.body()).isEqualTo(200);
        assertThat(unknown.text("match_code")).matches("[1-9][0-9]");
    }

    @Test
    void clientThatHasNotOptedInGetsNoNumber() {
        Answer started = REALM.gasPumpPost().start("user5", "Pump 4");

        assertThat(started.json().has("match_code")).isFalse();
        assertThat(ApprovalForm.decide(mail(started).magicLink(), "approve").body())
                .contains("ciba-result-approved");
    }

    @Test
    void keycloaksOwnEndpointTellsTheNumberAsWell() {
        RelyingParty keycloaks = pump.atKeycloakEndpoints();
        Answer started = keycloaks.start("user6", "own-endpoint");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(started.json().path("expires_in").asInt()).isPositive();
        URI link =
                REALM.mailbox()
                        .await(mail -> mail.mentions("own-endpoint"), Duration.ofSeconds(20))
                        .magicLink();

        assertThat(numbers(link)).hasSize(3).contains(started.text("match_code"));
        assertThat(ApprovalForm.open(link).press("number", started.text("match_code")).body())
                .contains("ciba-result-approved");
        Answer tokens = keycloaks.pollUntilDecided(started);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    }

    private static List<String> numbers(URI link) {
        Answer page = RelyingParty.exchange(HttpRequest.newBuilder(link).build());
        return NUMBER.matcher(page.body())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static ReceivedMail mail(Answer started) {
        return REALM.mailbox().awaitMailFor(started.authReqId());
    }
}

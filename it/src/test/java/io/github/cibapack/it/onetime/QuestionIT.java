// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.MailReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user is asked by a rule: all of it, as it was sent, or nothing. */
class QuestionIT {
    private static final String SETTINGS = "org.keycloak.services.ui.extend.UiPageProvider";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(Bank::open)
                    .with(
                            realm -> {
                                Bank.rule(realm, "plain", "receipt", "true");
                                Bank.rule(
                                        realm,
                                        "send",
                                        "receipt",
                                        "true",
                                        "bindingMessage",
                                        "Send ${header.X-Amount} to ${header.X-Payee}");
                            });

    private static String alice;

    @BeforeAll
    static void alicesAppHasAToken() {
        alice = Bank.tokenOf(REALM, "alice");
    }

    @Test
    void queryIsPartOfTheUsualQuestion() throws Exception {
        String uri = "/transfers?amount=5000&to=mallory&x=%E2%80%AE%20%20%20";
        ForwardAuth check = ForwardAuth.check(REALM, "plain", alice).with("X-Forwarded-Uri", uri);

        assertThat(approvedQuestion(check)).isEqualTo("Approve POST " + uri);
    }

    @Test
    void longestQuestionIsWholeInMailEventAndReceipt() throws Exception {
        String payee = "p".repeat(256 - "Send 50 to ".length());
        ForwardAuth check = send("50", payee);

        assertThat(approvedQuestion(check)).isEqualTo("Send 50 to " + payee).hasSize(256);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "50|251 blanks|EUR|question_header_blank",
                "50|400 digits||question_header_too_long",
                "50|250 digits||question_too_long",
                "50||  EUR|question_header_blank",
                "50||\tEUR|question_header_blank",
                "50|| to bob|question_unclear"
            })
    void questionThatIsNotShownWholeAsItWasSentIsRefusedAndNobodyIsAsked(
            String begin, String middle, String end, String reason) {
        String fill =
                middle == null
                        ? ""
                        : (middle.endsWith("blanks") ? " " : "0")
                                .repeat(Integer.parseInt(middle.split(" ", 2)[0]));
        int mails = REALM.mailbox().all().size();

        Answer refused = send(begin + fill + (end == null ? "" : end), "mallory").send();

        assertRefused(refused, reason);
        assertThat(REALM.mailbox().all().size()).isEqualTo(mails);
    }

    @Test
    void headersAreReadAsUtf8() throws Exception {
        String question = "Send 50 € to Zoë Müller 👍";
        ForwardAuth check = send("50 €", "Zoë Müller 👍");

        Answer pending = check.sendIn(StandardCharsets.UTF_8);
        ReceivedMail mail = Bank.mailOf(REALM, pending);
        assertThat(mail.text()).contains(question);
        MailReader.approves(mail);

        Answer passed = check.retrying(pending).sendIn(StandardCharsets.UTF_8);
        assertThat(receiptOf(passed)).isEqualTo(question);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "50\u00A0EUR",
                "50\u200BEUR",
                "\u202E05",
                "50\u3000EUR",
                "5\u03360",
                "5\uDB40\uDC500",
                "e\u0301"
            })
    void valueThatWouldNotBeShownAsItWasSentIsRefused(String amount) {
        Answer refused = send(amount, "mallory").sendIn(StandardCharsets.UTF_8);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.errorDescription()).contains("X-Amount");
    }

    @Test
    void valueThatIsNoUtf8IsRefused() {
        Answer refused = send("50", "Müller").sendIn(StandardCharsets.ISO_8859_1);

        assertRefused(refused, "question_header_not_utf8");
    }

    @Test
    void valueThatIsMissingIsRefused() {
        assertRefused(send("50", "bob").without("X-Payee").send(), "question_header_missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Send  ${header.X-Amount}",
                "Se\u200Bnd ${header.X-Amount}",
                "Send ${amount}",
                "${header.X-Amount}${header.X-Payee}"
            })
    void ruleWhoseQuestionCannotBeShownIsNotSaved(String question) {
        ObjectNode rule = Json.object();
        rule.put("name", "unfit")
                .put("providerId", "ciba-one-time-rule")
                .put("providerType", SETTINGS);
        ObjectNode config = rule.putObject("config");
        config.putArray("name").add("unfit");
        config.putArray("clientId").add(Bank.ASKING_CLIENT);
        config.putArray("gatewaySecret").add(Bank.GATEWAY_SECRET);
        config.putArray("bindingMessage").add(question);

        Answer refused = REALM.admin().call("POST", "/" + REALM.name() + "/components", rule);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.text("errorMessage")).contains("bindingMessage");
    }

    /** What mail, event and receipt say that was approved, which is the same. */
    private static String approvedQuestion(ForwardAuth check) throws Exception {
        Answer pending = check.send();
        ReceivedMail mail = Bank.mailOf(REALM, pending);
        String asked = lastRequested().path("binding_message").asText();
        assertThat(mail.text().lines().map(String::strip)).contains(asked);
        MailReader.approves(mail);
        String receipt = receiptOf(check.retrying(pending).send());
        assertThat(receipt).isEqualTo(asked);
        return receipt;
    }

    private static String receiptOf(Answer passed) throws Exception {
        assertThat(passed.status()).as(passed.body()).isEqualTo(200);
        return SignedJWT.parse(passed.header("One-Time-Authorization-Receipt"))
                .getJWTClaimsSet()
                .getStringClaim("binding_message");
    }

    private static void assertRefused(Answer refused, String reason) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
        JsonNode details = REALM.admin().events(REALM.name()).get(0).path("details");
        assertThat(details.path("ciba_event").asText()).isEqualTo("gateway_refused");
        assertThat(details.path("reason").asText()).isEqualTo(reason);
    }

    private static ForwardAuth send(String amount, String payee) {
        return ForwardAuth.check(REALM, "send", alice)
                .with("X-Amount", amount)
                .with("X-Payee", payee);
    }

    private static JsonNode lastRequested() {
        return REALM.admin().events(REALM.name()).stream()
                .map(event -> event.path("details"))
                .filter(details -> "requested".equals(details.path("ciba_event").asText()))
                .findFirst()
                .orElseThrow();
    }
}

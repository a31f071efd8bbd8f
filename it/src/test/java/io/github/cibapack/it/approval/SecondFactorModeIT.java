// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.utils.HmacOTP;
import org.keycloak.models.utils.TimeBasedOTP;

/** Approval mode login-if-second-factor: who has more than a mailbox must show it. */
class SecondFactorModeIT {

    private static final String SECRET = "seed-of-the-one-time-codes";

    /** Credential types, each with what Keycloak stores of one. */
    private static final Map<String, String> FACTORS =
            Map.of(
                    "otp",
                    "{\"subType\":\"totp\",\"digits\":6,\"period\":30,\"algorithm\":\"HmacSHA1\"}",
                    "webauthn",
                    "{}",
                    "webauthn-passwordless",
                    "{}",
                    "recovery-authn-codes",
                    "{\"hashIterations\":1,\"algorithm\":\"RS512\",\"remaining\":1,\"totalCodes\":1}");

    /** What Keycloak keeps secret of one; of all others a value. */
    private static final Map<String, String> SECRETS =
            Map.of(
                    "webauthn",
                    "{}",
                    "webauthn-passwordless",
                    "{}",
                    "recovery-authn-codes",
                    "{\"codes\":[{\"number\":1,\"encodedHashedValue\":\"%s\"}]}".formatted(SECRET));

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(SecondFactorModeIT::prepare);

    private final RelyingParty pump = REALM.gasPump();

    private static void prepare(RealmDocument realm) {
        realm.attribute("acr.loa.map", "{\"silver\":1}");
        Policies.add(realm, "careful", "approvalMode", "login-if-second-factor");
        realm.clientAttribute("gas-pump", "ciba.policies", "careful");
        FACTORS.keySet().forEach(factor -> addUserWith(realm, factor));
        Policies.addUserWithPassword(realm, "plain");
        addUserWith(realm, "ciba-user-code");
    }

    private static void addUserWith(RealmDocument realm, String factor) {
        Policies.addUserWithPassword(realm, "has-" + factor);
        ObjectNode credential =
                realm.user("has-" + factor).withArrayProperty("credentials").addObject();
        credential
                .put("type", factor)
                .put(
                        "secretData",
                        SECRETS.getOrDefault(factor, "{\"value\":\"%s\"}".formatted(SECRET)))
                .put("credentialData", FACTORS.getOrDefault(factor, "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"otp", "webauthn", "webauthn-passwordless", "recovery-authn-codes"})
    void whoHasASecondFactorDecidesNothingByTheLink(String factor) {
        for (RelyingParty party : List.of(pump, pump.atKeycloakEndpoints())) {
            String message = factor + (party == pump ? "-here" : "-there");
            Answer started = start(party, "has-" + factor, message);
            ApprovalForm form = ApprovalForm.open(link(message));

            assertThat(form.token()).isEmpty();
            form.press("decision", "approve");

            assertThat(party.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "has-ciba-user-code"})
    void whoHasNoneDecidesByTheLink(String user) {
        Answer started = start(pump, user, user + "-by-link");

        ApprovalForm.decide(link(user + "-by-link"), "approve");

        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
    }

    @Test
    void levelThatIsAskedForWinsOverTheMode() {
        Answer started =
                pump.start(
                        Form.of("scope", "openid", "login_hint", "plain", "acr_values", "silver")
                                .and("binding_message", "plain-level"));
        assertThat(started.status()).as(started.body()).isEqualTo(200);

        assertThat(ApprovalForm.open(link("plain-level")).token()).isEmpty();
    }

    @Test
    @BrowserTest
    void loginAsksForTheSecondFactor(Page page) {
        Answer started = start(pump, "has-otp", "Pump-4");
        page.navigate(link("Pump-4").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "has-otp");
        page.fill(
                "input[name=otp]",
                new TimeBasedOTP(HmacOTP.HMAC_SHA1, 6, 30, 1).generateTOTP(SECRET));
        page.click("#kc-login");
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");

        assertThat(pump.pollUntilDecided(started).status()).isEqualTo(200);
    }

    private static Answer start(RelyingParty party, String user, String message) {
        Answer started =
                party.start(
                        Form.of("scope", "openid", "login_hint", user)
                                .and("binding_message", message));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return started;
    }

    private static URI link(String message) {
        return REALM.mailbox()
                .await(mail -> mail.mentions(message), Duration.ofSeconds(20))
                .magicLink();
    }
}

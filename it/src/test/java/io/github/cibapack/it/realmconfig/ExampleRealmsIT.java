// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realmconfig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.NeedsKeycloak;
import io.github.cibapack.it.server.Servers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The realms of {@code realm-config/examples}, imported as they are, each with its story. */
@ResourceLock(RealmConfig.NAMES)
class ExampleRealmsIT {

    /**
     * The caller says a telephone number, gets a mail, and types the number that the agent says.
     */
    @Test
    @BrowserTest
    void callCentreKnowsItsCaller(Page page) {
        try (ExistingRealm realm = imported("call-centre-realm.json")) {
            RelyingParty callCentre = realm.relyingParty("call-centre", "call-centre-secret");
            Answer started =
                    callCentre.start(
                            Form.of("scope", "openid", "binding_message", "Call at 10:15")
                                    .and(
                                            "login_hint",
                                            """
                                            {"format":"phone_number","phone_number":"+12065550100"}\
                                            """));
            assertThat(started.status()).as(started.body()).isEqualTo(200);

            page.navigate(linkOf(realm, started));
            page.fill("input[name=number]", started.text("match_code"));
            PersonAtThePage.press(page, "#ciba-number-form .ciba-button-approve");

            Answer tokens = callCentre.pollUntilDecided(started);
            assertThat(ExistingRealm.claims(callCentre, tokens).getClaim("preferred_username"))
                    .isEqualTo("alice");
        }
    }

    /** The buyer signs in to the bank, reads amount and payee, and approves these. */
    @NeedsKeycloak(value = "26.7", because = "authorization details in tokens")
    @Test
    @BrowserTest
    void shopIsPaid(Page page) {
        try (ExistingRealm realm = imported("shop-realm.json")) {
            RelyingParty shop = realm.relyingParty("shop", "shop-secret");
            Answer started =
                    shop.start(
                            Form.of("scope", "openid", "login_hint", "alice")
                                    .and("binding_message", "Order 4711")
                                    .and(
                                            "authorization_details",
                                            """
                                            [{"type":"payment_initiation",
                                              "instructedAmount":{"currency":"EUR","amount":"59.90"},
                                              "creditorName":"Example Shop",
                                              "creditorAccount":{"iban":"DE02100100109307118603"}}]\
                                            """));
            assertThat(started.status()).as(started.body()).isEqualTo(200);

            page.navigate(linkOf(realm, started));
            page.locator("a:has-text('Sign in'), button:has-text('Sign in')").first().click();
            Policies.signIn(page, "alice");
            assertThat(page.locator("main").innerText())
                    .contains("59.90 EUR", "Example Shop", "DE02 1001 0010 9307 1186 03");
            PersonAtThePage.press(page, "button[value=approve]");

            JsonNode granted = granted(shop.pollUntilDecided(started));
            assertThat(granted.at("/instructedAmount/amount").asText()).isEqualTo("59.90");
        }
    }

    /** An agent asks before it books; mail and token say which booking. */
    @NeedsKeycloak(value = "26.7", because = "authorization details in tokens")
    @Test
    void agentAsksBeforeItActs() {
        try (ExistingRealm realm = imported("agent-realm.json")) {
            RelyingParty agent = realm.relyingParty("travel-agent", "travel-agent-secret");
            Answer started =
                    agent.start(
                            Form.of("scope", "openid", "login_hint", "alice")
                                    .and("binding_message", "Trip to Lisbon")
                                    .and(
                                            "authorization_details",
                                            """
                                            [{"type":"hotel_booking","hotel":"Hotel Aurora",
                                              "arrival":"2027-03-01","departure":"2027-03-04",
                                              "price":{"amount":"420.00","currency":"EUR"}}]\
                                            """));
            assertThat(started.status()).as(started.body()).isEqualTo(200);
            ReceivedMail mail = realm.mailbox().awaitMailFor(started.authReqId());
            assertThat(mail.text()).contains("Hotel booking", "Hotel Aurora", "420.00 EUR");

            assertThat(ApprovalForm.decide(mail.magicLink(), "approve").status()).isEqualTo(200);

            JsonNode granted = granted(agent.pollUntilDecided(started));
            assertThat(granted.path("hotel").asText()).isEqualTo("Hotel Aurora");
        }
    }

    private static JsonNode granted(Answer tokens) {
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        return tokens.json().path("authorization_details").path(0);
    }

    private static ExistingRealm imported(String file) {
        return ExistingRealm.of(Servers.shared(), RealmConfig.json("examples/" + file));
    }

    private static String linkOf(ExistingRealm realm, Answer started) {
        return realm.mailbox().awaitMailFor(started.authReqId()).magicLink().toString();
    }
}

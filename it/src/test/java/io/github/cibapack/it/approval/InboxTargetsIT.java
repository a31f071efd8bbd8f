// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.consent.Apis;
import io.github.cibapack.it.consent.Scopes;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.server.NeedsKeycloak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list of requests says for each what it is for: the payment, and the API. */
@BrowserTest
class InboxTargetsIT {
    private static final String USER = "dora";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                Apis.addTo(realm);
                                Policies.addUserWithPassword(realm, USER);
                            });

    @NeedsKeycloak(value = "26.7", because = "authorization details in tokens")
    @Test
    void eachLineSaysWhatIsAskedFor(Page page) {
        new Scopes(REALM).optional("payments", "authorization_details.types", "payment_initiation");
        Form form = Form.of("scope", "openid", "login_hint", USER);
        Answer payment =
                REALM.gasPump()
                        .start(
                                form.and("binding_message", "with a payment")
                                        .and(
                                                "authorization_details",
                                                """
                                                [{"type":"payment_initiation",\
                                                "instructedAmount":{"currency":"EUR",\
                                                "amount":"1234.50"},"creditorName":"Merchant A"}]\
                                                """)
                                        .and("resource", Apis.PAYMENTS));
        Answer plain = REALM.gasPump().start(form.and("binding_message", "with nothing"));
        assertThat(payment.status()).as(payment.body()).isEqualTo(200);
        assertThat(plain.status()).as(plain.body()).isEqualTo(200);

        page.navigate(REALM.url("/ciba/requests").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, USER);
        page.waitForSelector("#ciba-pending");

        assertThat(page.locator("li:has-text('with a payment')").innerText())
                .contains("Payment: 1,234.50 EUR", "Valid for: Payments API", Apis.PAYMENTS);
        assertThat(page.locator("li:has-text('with nothing')").innerText())
                .doesNotContain("EUR", "Valid for");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.Languages;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A payment on the page and in the mail: for everybody, on a phone too, and all of it in view. */
@BrowserTest
@NeedsKeycloak(value = "26.7", because = "authorization details in tokens")
class PaymentPageIT {
    static final List<String> PICTURED = List.of("en", "de", "ar");

    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    private static final String PAYMENT =
            """
            [{"type":"payment_initiation",
              "instructedAmount":{"currency":"EUR","amount":"1234.50"},
              "creditorName":"Merchant A","creditorAccount":{"iban":"DE02100100109307118603"},
              "requestedExecutionDate":"2026-12-24",
              "remittanceInformationUnstructured":"Invoice 4711",
              "locations":["https://api.bank.example/payments"]}]
            """;

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @BeforeAll
    static void registerType() {
        ObjectNode scope = Json.object().put("name", "payments").put("protocol", "openid-connect");
        scope.putObject("attributes").put("authorization_details.types", "payment_initiation");
        REALM.admin().call("POST", "/" + REALM.name() + "/client-scopes", scope);
        String client = REALM.admin().client(REALM.name(), "gas-pump").path("id").asText();
        REALM.admin()
                .call("GET", "/" + REALM.name() + "/client-scopes", null)
                .json()
                .forEach(
                        made -> {
                            if (made.path("name").asText().equals("payments")) {
                                REALM.admin()
                                        .call(
                                                "PUT",
                                                "/%s/clients/%s/optional-client-scopes/%s"
                                                        .formatted(
                                                                REALM.name(),
                                                                client,
                                                                made.path("id").asText()),
                                                null);
                            }
                        });
    }

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    static List<Look> looks() {
        return Look.all();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void everybodyCanReadIt(Look look, BrowserContext any) {
        OpenRequest request = payment(OpenRequest.somebody(REALM));

        try (BrowserContext context = any.browser().newContext(look.browser())) {
            Page page = context.newPage();
            page.setViewportSize(900, 768);
            ApprovalScreen.open(page, request.link());
            assertThat(Axe.violations(page)).isEmpty();
            assertReadable(page);

            page.setViewportSize(320, PHONE_HEIGHT);
            assertThat(look.violations(page)).isEmpty();
            assertReadable(page);
        }
    }

    private static void assertReadable(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        assertThat(page.locator(".ciba-granted dd").allInnerTexts())
                .hasSize(6)
                .contains("Merchant A", "DE02 1001 0010 9307 1186 03", "Invoice 4711");
    }

    @ParameterizedTest
    @FieldSource("PICTURED")
    @EnabledIfSystemProperty(
            named = Pictures.WANTED,
            matches = "true",
            disabledReason = "pictures for the documentation: -Dit.screenshots=true")
    void pictures(String language, BrowserContext any) {
        String user = OpenRequest.somebody(REALM);
        REALM.admin()
                .updateUser(
                        REALM.name(),
                        user,
                        found ->
                                found.withObjectProperty("attributes")
                                        .putArray("locale")
                                        .add(language));
        OpenRequest request = payment(user);

        try (BrowserContext context = any.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(request.link().toString());
            Pictures.gallery(page, "page-payment", language);
            Page mail = context.newPage();
            mail.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
            mail.setContent(request.mail().html());
            Pictures.leave(mail, "mail-payment-" + language);
        }
    }

    private static OpenRequest payment(String user) {
        assertThat(Languages.ALL).containsAll(PICTURED);
        return OpenRequest.in(
                REALM,
                REALM.gasPump(),
                Form.of("scope", "openid", "login_hint", user)
                        .and("binding_message", "Order-4711")
                        .and("authorization_details", PAYMENT));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.HostileText;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What clients and relying parties put on the page is shown as text, and no logo but a stored one.
 */
@BrowserTest
class HostilePageIT {

    private static final int SMALLEST_WIDTH = 320;
    private static final String TOO_WIDE_BY =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    private static final String HOSTILE_NAME =
            "<img src=x onerror=alert(1)> ${7*7} {0} \u202Egpj.\r\nSecond line";

    static final List<String> HOSTILE_MESSAGES = HostileText.MESSAGES;

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(HostilePageIT::addHostileClients);

    private static void addHostileClients(RealmDocument realm) {
        realm.addClient("hostile", "hostile-client-secret")
                .put("name", HOSTILE_NAME)
                .put("description", "</p><script>document.title='owned'</script>${7*7}");
        addClientWithLogo(realm, "logo-svg", "image/svg+xml", "<svg onload='alert(1)'/>");
        addClientWithLogo(realm, "logo-svg-as-png", "image/png", "<svg onload='alert(1)'/>");
        addClientWithLogo(realm, "logo-oversized", "image/png", oversizedPng());
        addClient(realm, "logo-remote", "https://evil.example/logo.png");
        addClient(realm, "logo-script", "javascript:alert(1)");
        addClient(realm, "logo-breakout", "data:image/png;base64,AAAA\" onerror=\"alert(1)");
    }

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    @Test
    void storedLogoIsShown(Page page) {
        ApprovalScreen.open(page, OpenRequest.in(REALM).link());

        assertThat(page.locator("img.ciba-logo").getAttribute("src"))
                .startsWith("data:image/png;base64,");
        assertThat(page.evaluate("document.querySelector('img.ciba-logo').naturalWidth"))
                .isEqualTo(96);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gas-pump-post",
                "logo-svg",
                "logo-svg-as-png",
                "logo-oversized",
                "logo-remote",
                "logo-script",
                "logo-breakout"
            })
    void anyOtherLogoIsLeftOut(String clientId, Page page) {
        OpenRequest request =
                OpenRequest.in(REALM, relyingParty(clientId), OpenRequest.forUser("alice"));

        ApprovalScreen screen = ApprovalScreen.open(page, request.link());

        assertThat(page.locator("img.ciba-logo").count()).isZero();
        assertThat(screen.offersDecision()).isTrue();
    }

    @Test
    void hostileNamesAreText(Page page) {
        addScope("hostile", "tank", "<b>fill</b> ${7*7} {0} \u202Eknat\r\nthe tank");
        OpenRequest request =
                OpenRequest.in(
                        REALM,
                        REALM.relyingParty("hostile"),
                        Form.of("scope", "openid tank", "login_hint", "alice"));
        String name =
                "<img src=x onerror=alert(1)> ${7*7} {0} ⟨U+202E⟩gpj.⟨U+000D⟩⟨U+000A⟩"
                        + "Second line";

        ApprovalScreen screen = ApprovalScreen.open(page, request.link());

        assertThat(screen.heading()).isEqualTo(name + " asks for your approval");
        assertThat(page.title()).isEqualTo("Request from " + name);
        assertThat(screen.card()).contains("</p><script>document.title='owned'</script>${7*7}");
        assertThat(screen.card())
                .contains("<b>fill</b> ${7*7} {0} ⟨U+202E⟩knat⟨U+000D⟩⟨U+000A⟩the");
        assertThat(page.locator("main img, main script, main b").count()).isZero();
        assertThat(screen.deny().card()).contains("You denied the request from " + name + ".");
    }

    @ParameterizedTest
    @FieldSource("HOSTILE_MESSAGES")
    void hostileMessageIsText(String message, Page page) {
        OpenRequest request =
                OpenRequest.in(
                        REALM,
                        REALM.gasPump(),
                        OpenRequest.forUser("alice").and("binding_message", message));
        page.setViewportSize(SMALLEST_WIDTH, 568);

        ApprovalScreen.open(page, request.link());

        assertThat(page.locator(".ciba-message-text").textContent()).isEqualTo(message);
        assertThat(page.title()).isEqualTo("Request from Gas Pump");
        assertThat(page.evaluate(TOO_WIDE_BY)).isEqualTo(0);
    }

    /** A client scope with this consent text, which a client may ask for. */
    private static void addScope(String clientId, String name, String consentText) {
        ObjectNode scope = Json.object();
        scope.put("name", name).put("protocol", "openid-connect");
        scope.putObject("attributes")
                .put("display.on.consent.screen", "true")
                .put("consent.screen.text", consentText);
        admin("POST", "/client-scopes", scope);
        String id = "";
        for (JsonNode found : admin("GET", "/client-scopes", null).json()) {
            id = found.path("name").asText().equals(name) ? found.path("id").asText() : id;
        }
        String client =
                admin("GET", "/clients?clientId=" + clientId, null)
                        .json()
                        .path(0)
                        .path("id")
                        .asText();
        admin("PUT", "/clients/" + client + "/optional-client-scopes/" + id, null);
    }

    private static Answer admin(String method, String path, JsonNode body) {
        Answer answer = REALM.admin().call(method, "/" + REALM.name() + path, body);
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        return answer;
    }

    private static RelyingParty relyingParty(String clientId) {
        return clientId.equals("gas-pump-post")
                ? REALM.gasPumpPost()
                : REALM.relyingParty(clientId);
    }

    private static void addClientWithLogo(
            RealmDocument realm, String clientId, String type, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        addClient(
                realm,
                clientId,
                "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes));
    }

    private static void addClient(RealmDocument realm, String clientId, String logo) {
        realm.addClient(clientId, clientId + "-secret");
        realm.clientAttribute(clientId, "ciba.logo", logo);
    }

    private static String oversizedPng() {
        return "\u0089PNG\r\n\u001a\n" + "x".repeat(1024 * 1024);
    }
}

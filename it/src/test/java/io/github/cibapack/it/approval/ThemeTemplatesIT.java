// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.server.AcmeTheme;
import io.github.cibapack.it.server.HttpsServer;
import io.github.cibapack.it.server.NeedsKeycloak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An admin's theme: a client's own pair of mail templates, one that is broken, and a page of its
 * own.
 */
class ThemeTemplatesIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.json().put("emailTheme", AcmeTheme.NAME);
                                realm.json().put("loginTheme", AcmeTheme.NAME);
                                realm.clientAttribute(
                                        "gas-pump-post", "ciba.mail.template", "acme");
                                realm.client("gas-pump-post").put("name", "Pumps & <b>Sons</b>");
                                realm.addUser("dora");
                                realm.addUser("emil");
                                realm.addUser("fred");
                            })
                    .sharing(HttpsServer::shared);

    @Test
    void clientsOwnPairIsUsedForBothPartsWithTheMessage() {
        Answer started = REALM.gasPumpPost().start("alice", "Tom & \"Jerry\" <4>");
        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());

        assertThat(mail.html())
                .contains("<html lang=\"en\" dir=\"ltr\">")
                .contains("<h1>Acme: Pumps &amp; &lt;b&gt;Sons&lt;/b&gt;</h1>")
                .contains("Tom &amp; &quot;Jerry&quot; &lt;4&gt;")
                .contains("href=\"" + mail.magicLink() + "\"");
        assertThat(mail.text())
                .contains("Acme for alice: Pumps & <b>Sons</b> says Tom & \"Jerry\" <4>")
                .contains("(" + started.authReqId() + ", 2)");
        assertThat(mail.subject()).contains("Pumps & <b>Sons</b>");
        assertThat(Trail.of(REALM, started).steps()).doesNotContain("template_broken");
    }

    @Test
    void clientsOwnPairIsUsedForBothPartsWithoutAMessage() {
        Answer started =
                REALM.gasPumpPost().start(Form.of("scope", "openid", "login_hint", "dora"));
        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());

        assertThat(mail.html()).contains("Acme without words: Pumps &amp; &lt;b&gt;Sons&lt;/b&gt;");
        assertThat(mail.text()).startsWith("Acme without words: http");
    }

    @Test
    void themeThatAnAdminChoosesIsThatOfTheNextMail() {
        String usual = textUnder("");
        String acmes = textUnder(AcmeTheme.NAME);

        assertThat(usual).contains("fred at CIBA Demo").doesNotContain(AcmeTheme.TEXT_OF_ITS_OWN);
        assertThat(acmes).contains("fred at CIBA Demo", AcmeTheme.TEXT_OF_ITS_OWN);
    }

    private static String textUnder(String theme) {
        Answer changed =
                REALM.admin()
                        .call(
                                "PUT",
                                "/" + REALM.name(),
                                Json.MAPPER.createObjectNode().put("emailTheme", theme));
        assertThat(changed.status()).isEqualTo(204);
        Answer started = REALM.gasPump().start(Form.of("scope", "openid", "login_hint", "fred"));
        return REALM.mailbox().awaitMailFor(started.authReqId()).text();
    }

    @Test
    void pageOfTheLoginThemeIsGivenWhatTheDocumentationNames() {
        String page = OpenRequest.in(REALM).open().body();

        assertThat(page)
                .contains(
                        "<html lang=\"en\" dir=\"ltr\" data-dark=\"true\">",
                        "<p>Acme asks: undecided, Approve</p>",
                        "<p>Sign in to teal</p>",
                        "<p>CIBA Demo</p>",
                        "<p>English of 14</p>")
                .containsPattern(
                        "<p>/resources/\\w+/login/acme /resources/\\w+/common/keycloak</p>");
    }

    @Test
    @NeedsKeycloak(value = "26.7", because = "themeResources")
    void pageOfTheLoginThemeIsGivenTheFilesOfTheTheme() {
        assertThat(OpenRequest.in(REALM).open().body()).contains("[css/styles.css]");
    }

    @Test
    void pageWithASyntaxErrorIsAServersErrorThatTellsNothing() {
        Answer page = OpenRequest.visit("GET", REALM.url("/ciba/requests"));

        assertThat(page.status()).isEqualTo(500);
        assertThat(page.body()).doesNotContain("ciba-inbox", "freemarker", "never closed");
    }

    @Test
    void templateWithASyntaxErrorGivesWayToTheBuiltInOne() {
        Answer started = REALM.gasPump().start("emil", "Pump 4");
        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());

        assertThat(mail.html())
                .contains("Opening it approves nothing.")
                .contains("Pump 4")
                .doesNotContain("never closed");
        assertThat(mail.text())
                .contains("Gas Pump is asking for access to your account emil at CIBA Demo.")
                .doesNotContain("Acme's own text");
        JsonNode event =
                REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN_ERROR").stream()
                        .filter(
                                found ->
                                        found.at("/details/ciba_event")
                                                .asText()
                                                .equals("template_broken"))
                        .findFirst()
                        .orElseThrow();
        assertThat(event.at("/details/reason").asText()).isEqualTo("broken_template");
        assertThat(event.at("/details/template").asText()).isEqualTo("ciba-with-binding-message");
        assertThat(event.path("clientId").asText()).isEqualTo("gas-pump");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an admin can change in the mail, and what happens where the change is broken. */
class MailTemplatesIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                ObjectNode texts =
                                        realm.json()
                                                .withObjectProperty("localizationTexts")
                                                .putObject("en");
                                texts.put(
                                        "cibaMailSubject",
                                        "${requestingApplicationId} & '${locale}' {0} for"
                                                + " ${requestedScope}");
                                texts.put("cibaMailIntro", "Dear ${userNam}, please");
                                texts.put("cibaMailAction", "Not closed ${appName");
                                texts.put("cibaMailIgnore", "<b>${requestingApplicationName}</b>");
                                realm.clientAttribute(
                                        "gas-pump-post", "ciba.mail.template", "no-such-pair");
                                realm.addUser("dora");
                            });

    @Test
    void adminChangesSubjectAndTextInTheConsole() {
        ReceivedMail mail = mail(REALM.gasPump().start("alice", "Pump 4"));

        assertThat(mail.subject()).isEqualTo("gas-pump & 'en' {0} for openid");
        assertThat(mail.text()).contains("<b>Gas Pump</b>");
        assertThat(mail.html()).contains("&lt;b&gt;Gas Pump&lt;/b&gt;");
    }

    @Test
    void textThatAnAdminChangesIsInTheNextMail() {
        for (String text : List.of("Tell nobody.", "Keep this to yourself.")) {
            Answer changed =
                    REALM.admin()
                            .call(
                                    "POST",
                                    "/" + REALM.name() + "/localization/en",
                                    Json.MAPPER
                                            .createObjectNode()
                                            .put("cibaMailKeepPrivate", text));
            ReceivedMail mail = mail(REALM.gasPump().start("alice", "Pump 4"));

            assertThat(changed.status()).isEqualTo(204);
            assertThat(mail.text()).contains(text);
            assertThat(mail.html()).contains(text);
        }
    }

    @Test
    void textWithAnUnknownVariableGivesWayToTheBuiltInOne() {
        Answer started = REALM.gasPump().start("alice", "Pump 4");
        ReceivedMail mail = mail(started);

        assertThat(mail.text())
                .contains("Gas Pump is asking for access to your account alice at CIBA Demo.")
                .doesNotContain("userNam", "Dear");
        assertThat(mail.html()).contains("Opening it approves nothing.").doesNotContain("closed");
        JsonNode event = brokenEvent("broken_text").orElseThrow();
        assertThat(event.at("/details/text").asText()).isEqualTo("cibaMailAction cibaMailIntro");
    }

    @Test
    void pairOfTemplatesThatIsNotThereGivesWayToTheBuiltInOne() {
        Answer started =
                REALM.gasPumpPost().start(Form.of("scope", "openid", "login_hint", "dora"));
        ReceivedMail mail = mail(started);

        assertThat(mail.magicLink()).isNotNull();
        assertThat(mail.subject())
                .isEqualTo("Authentication request from Gas Pump (client_secret_post)");
        JsonNode event = brokenEvent("broken_template").orElseThrow();
        assertThat(event.at("/details/template").asText())
                .isEqualTo("no-such-pair-without-binding-message");
        assertThat(event.path("type").asText()).isEqualTo("AUTHREQID_TO_TOKEN_ERROR");
    }

    private static Optional<JsonNode> brokenEvent(String reason) {
        return REALM.admin().events(REALM.name()).stream()
                .filter(event -> event.at("/details/ciba_event").asText().equals("template_broken"))
                .filter(event -> event.at("/details/reason").asText().equals(reason))
                .findFirst();
    }

    private static ReceivedMail mail(Answer started) {
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return REALM.mailbox().awaitMailFor(started.authReqId());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An admin looks at the mail that users would get. */
class MailOfPolicyIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(MailOfPolicyIT::prepare);

    private final AdminCalls editor = new AdminCalls(REALM, REALM.adminAs("editor"));

    private static void prepare(RealmDocument realm) {
        realm.addAdmin("editor", "manage-realm");
        realm.component("ciba-policy", "name", "long", "expiresIn", "1200");
        realm.addClient("broken", "broken-secret");
        realm.clientAttribute("broken", "ciba.mail.template", "not-there");
    }

    @Test
    void mailGoesToTheAdminsOwnAddressInTheLanguageAskedFor() {
        Answer sent =
                send(
                        mail ->
                                mail.put("policy", "long")
                                        .put("language", "de")
                                        .put("bindingMessage", "Zapfsäule 7"));

        assertThat(sent.status()).as(sent.body()).isEqualTo(200);
        assertThat(sent.json().path("policy").asText()).isEqualTo("long");
        assertThat(sent.json().path("language").asText()).isEqualTo("de");
        assertThat(sent.json().path("broken")).isEmpty();
        assertThat(sent.body()).doesNotContain("@");
        ReceivedMail mail = awaitMail("Zapfsäule 7");
        assertThat(mail.subject()).startsWith("[Test] ").contains("Gas Pump");
        assertThat(mail.to()).contains("editor@ciba-demo.example");
        assertThat(mail.text()).contains("20 ").contains("Anfrage");
    }

    @Test
    void linkOfATestMailOpensNothing() {
        send(mail -> mail.put("bindingMessage", "no request behind it"));

        ReceivedMail mail = awaitMail("no request behind it");

        Answer page = RelyingParty.exchange(HttpRequest.newBuilder(mail.magicLink()).build());
        assertThat(page.status()).isEqualTo(404);
    }

    @Test
    void withoutABindingMessageItIsTheOtherTemplate() {
        Answer sent = send(mail -> mail.put("language", "fr"));

        assertThat(sent.status()).as(sent.body()).isEqualTo(200);
        ReceivedMail mail =
                REALM.mailbox()
                        .await(
                                one ->
                                        one.subject().startsWith("[Test]")
                                                && one.mentions("demande"),
                                Duration.ofSeconds(30));
        assertThat(mail.text()).doesNotContain("Zapfsäule");
    }

    @Test
    void brokenTemplateIsNamed() {
        Answer sent =
                send(mail -> mail.put("client", "broken").put("bindingMessage", "still readable"));

        assertThat(sent.status()).as(sent.body()).isEqualTo(200);
        assertThat(sent.json().path("broken"))
                .extracting(JsonNode::asText)
                .containsExactly("template not-there-with-binding-message");
        assertThat(awaitMail("still readable").subject()).startsWith("[Test] ");
    }

    @Test
    void testMailLeavesAnAdminEventAndNoEventOfARequest() {
        Answer sent = send(mail -> mail.put("bindingMessage", "for the record"));

        assertThat(sent.status()).as(sent.body()).isEqualTo(200);
        assertThat(AdminCalls.in(REALM).adminEvents("CIBA_TEST_MAIL"))
                .anyMatch(
                        change ->
                                change.path("operationType").asText().equals("ACTION")
                                        && change.path("resourcePath")
                                                .asText()
                                                .equals("ciba/test-mail"));
        assertThat(REALM.admin().events(REALM.name()))
                .noneMatch(
                        event ->
                                event.path("details").path("ciba_event").asText().equals("sent")
                                        && event.toString().contains("for the record"));
    }

    @Test
    void adminWithoutAnAddressIsToldSo() {
        Answer refused =
                AdminCalls.in(REALM)
                        .call("POST", "test-mail", Json.object().put("client", "gas-pump"));

        assertRefused(refused, 400, "invalid_request", "Your own account has no e-mail address");
    }

    @Test
    void whatCannotBeIsSaidSo() {
        assertRefused(
                send(mail -> mail.put("language", "tlh")), 400, "invalid_request", "language");
        assertRefused(send(mail -> mail.put("policy", "gone")), 400, "invalid_request", "policy");
        assertRefused(send(mail -> mail.put("client", "gone")), 400, "invalid_request", "client");
        assertRefused(
                send(mail -> mail.put("bindingMessage", "two\nlines")),
                400,
                "invalid_request",
                "bindingMessage");
        assertRefused(
                send(mail -> mail.put("to", "somebody@else.example")),
                400,
                "invalid_request",
                "members are");
    }

    @Test
    void mailServerThatIsNotThereIsSaidSo() {
        try {
            smtpAt("127.0.0.1", "1");
            assertRefused(send(mail -> {}), 502, "mail_not_sent", "mail_server_unreachable");
        } finally {
            smtpAt(REALM.server().smtpHost(), String.valueOf(REALM.mailbox().port()));
        }
        assertThat(send(mail -> {}).status()).isEqualTo(200);
    }

    /** The mail server has said nothing: it is the token for it (XOAUTH2) that cannot be had. */
    @Test
    void tokenEndpointOfTheMailServerThatFailsIsSaidSo() {
        try {
            smtp("auth", "true");
            smtp("authType", "token");
            smtp("user", "mailer");
            smtp("authTokenUrl", "http://127.0.0.1:1/token");
            smtp("authTokenScope", "mail");
            smtp("authTokenClientId", "mailer");
            smtp("authTokenClientSecret", "mailer-secret");
            assertRefused(send(mail -> {}), 502, "mail_not_sent", "mail_token_unavailable");
            smtp("authTokenUrl", REALM.url("/no-such-endpoint").toString());
            assertRefused(send(mail -> {}), 502, "mail_not_sent", "mail_token_unavailable");
        } finally {
            smtp("auth", "false");
        }
        assertThat(send(mail -> {}).status()).isEqualTo(200);
    }

    private static void smtp(String setting, String value) {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm -> realm.withObjectProperty("smtpServer").put(setting, value));
    }

    private static void smtpAt(String host, String port) {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObjectProperty("smtpServer")
                                        .put("host", host)
                                        .put("port", port));
    }

    private static void assertRefused(Answer answer, int status, String error, String sentence) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
        assertThat(answer.json().path("errorMessage").asText()).contains(sentence);
    }

    private Answer send(Consumer<ObjectNode> change) {
        ObjectNode order = Json.object().put("client", "gas-pump");
        change.accept(order);
        return editor.call("POST", "test-mail", order);
    }

    private static ReceivedMail awaitMail(String bindingMessage) {
        return REALM.mailbox().await(mail -> mail.mentions(bindingMessage), Duration.ofSeconds(30));
    }
}

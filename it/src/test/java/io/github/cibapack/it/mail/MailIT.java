// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The mail as it arrives: what it says, to whom, in which language, whatever the names hold. */
class MailIT {

    private static final String NOT_YOU =
            "Approve only if you started this yourself. If you are not sure, deny. If you did not"
                    + " start this, open the link and choose “I did not start this”. Nobody gets"
                    + " access without your approval.";
    private static final String EVIL_HOST = "evil.example";
    private static final String HOSTILE_NAME =
            "<img src=x onerror=alert(1)> ${7*7} {0} \u202Egpj.\u2066\r\nBcc: eve@evil.example";
    private static final String HARMLESS_NAME =
            "<img src=x onerror=alert(1)> ${7*7} {0} ⟨U+202E⟩gpj.⟨U+2066⟩⟨U+000D⟩⟨U+000A⟩"
                    + "Bcc: eve@evil.example";
    private static final String HOSTILE_USER =
            "<b>eve</b> ${7*7} {0} \u202Egpj.\r\nbcc: mallory@evil.example";
    private static final String HARMLESS_USER =
            "<b>eve</b> ${7*7} {0} ⟨U+202E⟩gpj.⟨U+000D⟩⟨U+000A⟩" + "bcc: mallory@evil.example";
    private static final String HOSTILE_REALM = "<b>Demo</b> ${7*7} {0}";

    static final List<String> HOSTILE_MESSAGES = HostileText.MESSAGES;

    static final List<String> LANGUAGES = Languages.ALL;

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(MailIT::speakers);

    @RegisterExtension
    static final RealmFixture FRENCH =
            RealmFixture.fresh()
                    .with(realm -> realm.json().put("defaultLocale", "fr"))
                    .with(realm -> realm.attribute("frontendUrl", "https://login.example"))
                    .with(realm -> speaker(realm, "klingon", "tlh"));

    @RegisterExtension
    static final RealmFixture HOSTILE = RealmFixture.fresh().with(MailIT::hostileNames);

    /** A user for each language, named after it. */
    private static void speakers(RealmDocument realm) {
        LANGUAGES.forEach(language -> speaker(realm, language, language));
    }

    private static void speaker(RealmDocument realm, String username, String language) {
        realm.addUser(username).withObjectProperty("attributes").putArray("locale").add(language);
    }

    private static void hostileNames(RealmDocument realm) {
        realm.json().put("displayName", HOSTILE_REALM);
        realm.addClient("hostile", "hostile-client-secret").put("name", HOSTILE_NAME);
        realm.addUser("eve").put("username", HOSTILE_USER);
    }

    static Stream<Arguments> bothTemplates() {
        Form without = OpenRequest.forUser("alice");
        return Stream.of(
                Arguments.argumentSet("with binding message", with(without, "Pump 4: $50 of gas")),
                Arguments.argumentSet("without binding message", without));
    }

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    @Test
    void requestWithMessageGetsTheTemplateThatShowsIt() {
        ReceivedMail mail = OpenRequest.in(REALM).mail();

        for (String part : List.of(mail.text(), visible(mail.html()))) {
            assertThat(part).contains("Message from Gas Pump:", OpenRequest.BINDING_MESSAGE);
            assertThat(part).contains("Compare this message with the one on the device");
        }
    }

    @Test
    void requestWithoutMessageGetsTheTemplateThatSpeaksOfNone() {
        ReceivedMail mail = mailFor(REALM, OpenRequest.forUser("alice"));

        for (String part : List.of(mail.text(), visible(mail.html()))) {
            assertThat(part).doesNotContain("Message from", "Compare this message");
        }
    }

    @ParameterizedTest
    @MethodSource("bothTemplates")
    void bothPartsSayWhoAsksCarryTheLinkTellToReportAndEndWithTheRequestId(Form parameters) {
        OpenRequest request = OpenRequest.in(REALM, REALM.gasPump(), parameters);
        ReceivedMail mail = request.mail();
        String link = request.link().toString();

        assertThat(mail.subject()).isEqualTo("Authentication request from Gas Pump");
        assertThat(mail.headers().get("Content-Type")).startsWith("multipart/alternative");
        for (String part : List.of(mail.text(), visible(mail.html()))) {
            assertThat(part)
                    .contains(
                            "Gas Pump is asking for access to your account alice at CIBA Demo.",
                            "This link works for 2 minutes, until ",
                            request.started().text("request_code"),
                            link,
                            NOT_YOU)
                    // the address of the relying party's server says nothing to a person
                    .doesNotContain("Requested from");
            assertThat(part.strip()).endsWith(request.started().authReqId());
        }
        assertThat(mail.text().lines()).as("the link alone on its line").contains(link);
        assertThat(mail.html()).contains("href=\"" + link + "\"");
    }

    @Test
    void htmlPartLoadsNothingFromElsewhere() {
        String html = OpenRequest.in(REALM).mail().html();

        assertThat(html).doesNotContainIgnoringCase("<img", "<script", "<link", "url(", "src=");
    }

    @Test
    void mailGoesToTheVerifiedAddressAndToNobodyElse() {
        Answer unverified = REALM.gasPump().start("bob", "Not verified");
        ReceivedMail mail = mailFor(REALM, OpenRequest.forUser("alice"));

        assertThat(unverified.error()).as(unverified.body()).isEqualTo("access_denied");
        assertThat(mail.to()).containsExactly("alice@ciba-demo.example");
        assertThat(mail.headers()).doesNotContainKeys("Cc", "Bcc");
        assertThat(REALM.mailbox().all())
                .noneMatch(any -> any.to().contains("bob@ciba-demo.example"));
    }

    @Test
    void linkPointsToTheServer() {
        assertThat(OpenRequest.in(REALM).link().toString())
                .startsWith(REALM.url("/ciba/approve/").toString());
    }

    @Test
    void linkPointsToTheFrontendUrlWhateverHostTheRequestNames() {
        Answer started = startAsHost(FRENCH, EVIL_HOST);

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ReceivedMail mail = FRENCH.mailbox().awaitMailFor(started.authReqId());
        assertThat(mail.magicLink()).hasScheme("https").hasHost("login.example").hasNoPort();
        assertThat(mail.mentions(EVIL_HOST)).isFalse();
    }

    @Test
    void hostThatOnlyTheRequestNamesIsNotUsed() {
        Answer refused = startAsHost(REALM, EVIL_HOST);
        OpenRequest.in(REALM);

        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("server_error");
        assertThat(REALM.mailbox().all()).noneMatch(mail -> mail.mentions(EVIL_HOST));
    }

    @ParameterizedTest
    @CsvSource({
        "de, ltr, Anmeldeanfrage von Gas Pump, Gas Pump bittet um Zugriff auf Ihr Konto",
        "ar, rtl, \u0637\u0644\u0628 \u0645\u0635\u0627\u062f\u0642\u0629 \u0645\u0646"
                + " \u2068Gas Pump\u2069, \u064a\u0637\u0644\u0628"
                + " \u0627\u0644\u062a\u0637\u0628\u064a\u0642 \u2068Gas Pump\u2069"
    })
    void userReadsTheirOwnLanguage(
            String language, String direction, String subject, String intro) {
        ReceivedMail mail = mailFor(REALM, OpenRequest.forUser(language));

        assertThat(mail.subject()).isEqualTo(subject);
        assertThat(mail.html())
                .contains("<html lang=\"%s\" dir=\"%s\">".formatted(language, direction));
        assertThat(visible(mail.html())).contains(intro);
        assertThat(mail.text()).contains(intro);
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void everyLanguageArrivesWholeInBothParts(String language) {
        OpenRequest request =
                OpenRequest.in(
                        REALM,
                        REALM.gasPump(),
                        with(OpenRequest.forUser(language), OpenRequest.BINDING_MESSAGE));

        ReceivedMail mail = request.mail();
        assertThat(mail.subject()).contains("Gas Pump");
        assertThat(mail.html()).contains("<html lang=\"" + language + "\"");
        for (String part : List.of(mail.text(), visible(mail.html()))) {
            assertThat(part)
                    .contains("Gas Pump", OpenRequest.BINDING_MESSAGE, request.link().toString())
                    .doesNotContain("${", "cibaMail", "\uFFFD", "??");
            assertThat(part.strip()).endsWith(request.started().authReqId());
        }
    }

    @Test
    void languageThatTheRealmDoesNotHaveGivesTheRealmsDefault() {
        ReceivedMail mail = mailFor(FRENCH, OpenRequest.forUser("klingon"));

        assertThat(mail.html()).contains("<html lang=\"fr\" dir=\"ltr\">");
    }

    @Test
    void realmsDefaultLanguageCountsAndTheRelyingPartysDoesNot() {
        RelyingParty pump = FRENCH.gasPump();
        HttpRequest german =
                HttpRequest.newBuilder(pump.startEndpoint())
                        .header("Authorization", pump.basic())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept-Language", "de")
                        .header("Cookie", "KEYCLOAK_LOCALE=de")
                        .POST(BodyPublishers.ofString(OpenRequest.forUser("alice").encoded()))
                        .build();

        Answer started = RelyingParty.exchange(german);

        ReceivedMail mail = FRENCH.mailbox().awaitMailFor(started.authReqId());
        assertThat(mail.subject()).isEqualTo("Demande d’authentification de Gas Pump");
        assertThat(mail.html()).contains("<html lang=\"fr\" dir=\"ltr\">");
    }

    @Test
    @BrowserTest
    void hostileNamesAreTextEverywhere(Page page) {
        OpenRequest request =
                OpenRequest.in(
                        HOSTILE,
                        HOSTILE.relyingParty("hostile"),
                        OpenRequest.forUser("eve@ciba-demo.example"));
        ReceivedMail mail = request.mail();
        String intro =
                HARMLESS_NAME
                        + " is asking for access to your account "
                        + HARMLESS_USER
                        + " at "
                        + HOSTILE_REALM
                        + ".";

        assertThat(mail.subject()).isEqualTo("Authentication request from " + HARMLESS_NAME);
        assertThat(mail.to()).containsExactly("eve@ciba-demo.example");
        assertThat(mail.headers()).doesNotContainKeys("Cc", "Bcc");
        assertThat(mail.text()).contains(intro);
        page.setContent(mail.html());
        assertThat(page.locator("body").innerText()).contains(intro);
        assertThat(page.locator("img, script, b").count()).isZero();
    }

    @ParameterizedTest
    @FieldSource("HOSTILE_MESSAGES")
    @BrowserTest
    void hostileMessageIsTextEverywhere(String message, Page page) {
        ReceivedMail mail = mailFor(REALM, with(OpenRequest.forUser("alice"), message));

        assertThat(mail.subject()).isEqualTo("Authentication request from Gas Pump");
        assertThat(mail.text().lines().map(String::strip)).contains(message);
        page.setContent(mail.html());
        assertThat(page.locator(".ciba-message p").allTextContents()).contains(message);
        assertThat(page.locator("img, script, b").count()).isZero();
    }

    private static Form with(Form parameters, String message) {
        return parameters.and("binding_message", message);
    }

    private static ReceivedMail mailFor(RealmFixture realm, Form parameters) {
        return OpenRequest.in(realm, realm.gasPump(), parameters).mail();
    }

    private static Answer startAsHost(RealmFixture realm, String host) {
        RelyingParty pump = realm.gasPump();
        return OpenRequest.post(
                pump.startEndpoint(),
                OpenRequest.forUser("alice").encoded(),
                "Authorization",
                pump.basic(),
                "Host",
                host);
    }

    /** What an HTML part says, roughly: without its tags, with the few entities that it uses. */
    private static String visible(String html) {
        return html.substring(html.toLowerCase(Locale.ROOT).indexOf("<body"))
                .replaceAll("<[^>]*>", " ")
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("[ \\t\\r\\n]+", " ");
    }
}

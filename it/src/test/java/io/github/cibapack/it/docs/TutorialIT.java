// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.server.NeedsKeycloak;
import io.github.cibapack.it.server.SeenSecrets;
import io.github.cibapack.it.server.Workspace;
import io.github.cibapack.it.suite.OwnServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the tutorial, from an empty Keycloak to tokens, and of the pages that go on from
 * there. Only the ports are other ones.
 */
@OwnServer
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the tutorial unpacks a distribution on this machine")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Bash commands")
class TutorialIT {

    private static final Pattern ID = Pattern.compile("\"auth_req_id\":\"([^\"]+)\"");

    private static final String ADMINS_ID =
            "kcadm.sh get users -q username=admin --fields id --format csv --noquotes";

    /** A test asks more often than a reader does. */
    private static final String ASKED_AGAIN_AND_AGAIN =
            "kcadm.sh create components -r demo -s providerId=ciba-notification-policy"
                    + " -s providerType=org.keycloak.services.ui.extend.UiPageProvider"
                    + " -s 'config.name=[\"default\"]' -s 'config.pendingPerUser=[\"50\"]'"
                    + " -s 'config.pendingPerClientAndUser=[\"40\"]'";

    @TempDir private static Path folder;

    private static EmptyKeycloak keycloak;
    private static Mailbox mailbox;
    private static Shell server;
    private static Shell terminal;

    /** A server is built twice, and each command of kcadm is a process of its own. */
    @BeforeAll
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    static void startAndMakeARealm() throws IOException {
        SeenSecrets.add("alice@demo.example");
        mailbox = Mailbox.start();
        keycloak = EmptyKeycloak.unpacked(Files.createDirectory(folder.resolve("install")));
        keycloak.started(block("install")).close();
        try (Shell tried = keycloak.started(block("try"));
                Shell reader = keycloak.shell()) {
            assertThat(tried.isOver()).isFalse();
            assertThat(reader.run(block("first-request"))).contains("auth_req_id");
        }
        keycloak.forgetEverything();
        server = keycloak.started(block("tutorial-start"));
        terminal = keycloak.shell();
        type("tutorial-login");
        type("tutorial-realm");
        terminal.run(ASKED_AGAIN_AND_AGAIN);
        type("tutorial-ask");
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable open : new AutoCloseable[] {terminal, server, mailbox}) {
            try {
                if (open != null) {
                    open.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void tutorialLeadsToTokensAndItsPolicyHolds() {
        approve(type("tutorial-ask"), "tutorial-pending");

        assertThat(type("tutorial-tokens")).contains("\"access_token\"", "\"id_token\"");
        assertThat(type("tutorial-tokens")).contains("invalid_grant");
        assertThat(type("tutorial-events"))
                .contains("redeemed", "approved", "opened", "sent", "requested");

        type("tutorial-policy");
        assertThat(type("tutorial-ask")).contains("\"expires_in\":180");
    }

    @Test
    void realmSpeaksOtherLanguages() {
        type("internationalization");
        type("user-locale");
        type("realm-text");
        String id = idIn(type("tutorial-ask"));

        assertThat(mailbox.awaitMailFor(id).subject()).contains("braucht Ihre Zustimmung");
        terminal.run("kcadm.sh update users/$ALICE -r demo -s 'attributes.locale=[\"en\"]'");
    }

    @Test
    void signedRequestIsTaken() {
        type("signed-request-key");

        assertThat(type("signed-request")).contains("auth_req_id");
    }

    @NeedsKeycloak(value = "26.7", because = "authorization details in tokens")
    @Test
    void paymentIsShownAsItWasAskedFor() {
        type("details-scope");

        String id = idIn(type("details-ask"));

        assertThat(mailbox.awaitMailFor(id).text()).contains("1,234.50 EUR", "Merchant A");
    }

    @NeedsKeycloak(value = "26.7", because = "resource indicators")
    @Test
    void apiThatTheTokenIsForIsShown() {
        type("resource-api");
        type("resource-audience");

        String id = idIn(type("resource-ask"));

        assertThat(mailbox.awaitMailFor(id).text()).contains("Payments API");
    }

    @Test
    void discoveryDocumentNamesTheAsEndpoints() {
        assertThat(type("advertise")).contains("/realms/demo/as/cibaAuthorization");
    }

    @Test
    void ruleIsMadeByOptionsAndByAFile() {
        type("rule-client");
        type("rule-options");
        type("rule-file");

        assertThat(type("rule-try")).contains("401", "invalid_token");
        assertThat(type("rule-change")).contains("transfers", "payments");
        assertThat(terminal.run("kcadm.sh get components -r demo -q providerId=ciba-one-time-rule"))
                .contains("transfers")
                .doesNotContain("payments");
    }

    @Test
    void clientOfAPageInTheBrowserIsMade() {
        type("browser-client");

        assertThat(terminal.run("kcadm.sh get clients -r demo -q clientId=bank-page"))
                .contains("\"publicClient\" : true", "S256");
    }

    @Test
    void adminSeesAndEndsRequests() {
        terminal.run("kcadm.sh update users/$(" + ADMINS_ID + ") -s email=admin@demo.example");
        type("admin-token");
        type("tutorial-ask");

        assertThat(type("admin-pending")).contains("\"state\":\"pending\"");
        assertThat(type("admin-history")).contains("\"ciba_event\":\"requested\"");
        assertThat(type("admin-counters")).contains("\"ofUser\"");
        assertThat(type("admin-settings")).contains("\"cibaEnabled\":true");
        assertThat(type("admin-problems")).contains("\"complete\":true");
        assertThat(type("admin-test-mail")).contains("\"broken\":[]");
        assertThat(type("admin-resend")).doesNotContain("not_pending");
        assertThat(type("admin-cancel")).isEmpty();
        assertThat(type("tutorial-pending")).contains("access_denied");
    }

    @Test
    void settingsAreChangedWithoutTheConsole() {
        assertThat(type("console-kcadm")).contains("quick");
    }

    @Test
    void settingsAreRemovedAndNothingElse() {
        terminal.run(
                "kcadm.sh create realms -s realm=cleared -f "
                        + Workspace.current().realmJson().resolveSibling("ciba-full-realm.json")
                        + " && kcadm.sh create authentication/register-required-action -r cleared"
                        + " -s providerId=ciba-user-code -s name=Code");
        assertThat(componentsOf("cleared")).contains("ciba-policy", "rsa-generated");

        terminal.run(block("removal-commands").replace("REALM=demo", "REALM=cleared"));

        assertThat(componentsOf("cleared")).contains("rsa-generated").doesNotContain("ciba-");
    }

    private static String componentsOf(String realm) {
        return terminal.run("kcadm.sh get components --fields providerId -r " + realm);
    }

    @Test
    void nothingIsMissingInThisKeycloak() {
        assertThat(type("link-check")).contains("links");
    }

    @Test
    void reasonOfARefusalIsFound() {
        terminal.run(
                "curl -s -u gas-pump:gas-pump-secret $ISSUER/as/cibaAuthorization"
                        + " -d scope=openid -d login_hint=nobody");

        assertThat(type("troubleshooting-events")).contains("user_not_found");
        assertThat(type("troubleshooting-problems")).contains("\"complete\" : true");
    }

    /** The person's part, after the pump has seen that it must wait. */
    private static void approve(String answer, String pending) {
        assertThat(type(pending)).contains("authorization_pending");
        assertThat(
                        ApprovalForm.decide(
                                        mailbox.awaitMailFor(idIn(answer)).magicLink(), "approve")
                                .status())
                .isEqualTo(200);
    }

    private static String idIn(String answer) {
        Matcher id = ID.matcher(answer);
        assertThat(id.find()).as(answer).isTrue();
        return id.group(1);
    }

    private static String type(String name) {
        return terminal.run(block(name));
    }

    /** A block with the ports of this run. */
    private static String block(String name) {
        return DocumentedPages.script(name)
                .replace("localhost:8080", "localhost:" + keycloak.port())
                .replace("port=3025", "port=" + mailbox.port());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.server.FreePort;
import io.github.cibapack.it.unaffected.DecoupledServer;
import java.util.List;

/** A realm whose clients have several channels, in each order that matters. */
final class FallbackRealm {
    private static final int NOBODY_LISTENS = FreePort.any();

    private FallbackRealm() {}

    static void prepare(RealmDocument realm, DecoupledServer decoupled) {
        realm.attribute("ciba.outbound.allow-http", "true");
        realm.attribute("ciba.outbound.allow-private", "true");
        // "un…" have no verified address
        for (String user : List.of("dora", "una", "uwe", "ulf", "ursula", "umberto", "uli")) {
            Policies.addUserWithPassword(realm, user);
        }
        for (String user :
                List.of("erik", "fred", "gina", "hugo", "ines", "jack", "kate", "lena")) {
            realm.addUser(user);
        }
        for (String user : List.of("una", "uwe", "ulf", "ursula", "umberto", "uli")) {
            realm.user(user).put("emailVerified", false);
        }
        realm.addUser("liam");
        realm.addUser("mia");
        client(realm, "email-http", "channels", "email,http", "httpUrl", decoupled.url());
        client(realm, "http-email", "channels", "http,email", "httpUrl", decoupled.url());
        client(realm, "email-inbox", "channels", "email,inbox");
        client(realm, "all", "channels", "email,http,inbox", "httpUrl", dead());
        client(realm, "dead-email", "channels", "http,email", "httpUrl", dead());
        client(realm, "at-once", "channels", "email,inbox", "synchronousSending", "true");
        client(
                realm,
                "at-once-http",
                "channels",
                "email,http",
                "httpUrl",
                decoupled.url(),
                "synchronousSending",
                "true");
        client(
                realm,
                "hiding",
                "channels",
                "http",
                "httpUrl",
                decoupled.url(),
                "hideUsers",
                "true");
        client(realm, "counted", "channels", "http,email", "httpUrl", decoupled.url());
        realm.clientAttribute("counted", "ciba.notification-policy", "one-mail");
        realm.component(
                "ciba-notification-policy",
                "name",
                "one-mail",
                "total",
                "1",
                "pendingPerUser",
                "4",
                "pendingPerClientAndUser",
                "3");
        relax(realm);
    }

    /** The fixture leaves the limits alone where a realm has any of its own. */
    private static void relax(RealmDocument realm) {
        realm.component(
                "ciba-notification-policy",
                "name",
                "default",
                "quotaType",
                "realm",
                "total",
                "1000000",
                "pendingPerUser",
                "50",
                "pendingPerClientAndUser",
                "49");
    }

    private static String dead() {
        return "http://127.0.0.1:" + NOBODY_LISTENS + "/ask";
    }

    private static void client(RealmDocument realm, String name, String... settings) {
        Policies.add(realm, name, settings);
        realm.addClient(name, name + "-secret")
                .withObjectProperty("attributes")
                .put("ciba.policies", name);
    }

    static void approveInList(RealmFixture fixture, Page page, String user, String message) {
        page.navigate(fixture.url("/ciba/requests").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, user);
        page.waitForSelector("#ciba-pending");
        page.locator("ul[aria-labelledby=ciba-pending] li")
                .filter(new Locator.FilterOptions().setHasText(message))
                .locator("a")
                .click();
        assertThat(page.locator(".ciba-message-text").innerText()).isEqualTo(message);
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");
    }

    static void sendMailTo(RealmFixture fixture, int port) {
        fixture.admin()
                .updateRealm(
                        fixture.name(),
                        realm ->
                                realm.withObjectProperty("smtpServer")
                                        .put("host", fixture.server().smtpHost())
                                        .put("port", String.valueOf(port))
                                        .put("from", "noreply@ciba-demo.example"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.browser.SmallPng;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.suite.OwnServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Not a test: writes the console's pictures of {@code docs/images} anew, when asked with {@code
 * -Dit.screenshots=true}.
 */
@EnabledIfSystemProperty(
        named = "it.screenshots",
        matches = "true",
        disabledReason = "writes docs/images: -Dit.screenshots=true")
@BrowserTest
@OwnServer
class ConsoleScreenshotsIT {

    /** Below 1200 the console folds its navigation away. */
    private static final int WIDTH = 1240;

    private static final int LIST_HEIGHT = 640;

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .on(ServerOptions.furnished())
                    .with(
                            realm ->
                                    realm.named("ciba-demo")
                                            .component(
                                                    "ciba-policy",
                                                    "name",
                                                    "pump",
                                                    "channels",
                                                    "email",
                                                    "approvalMode",
                                                    "link",
                                                    "expiresIn",
                                                    "180",
                                                    "interval",
                                                    "2",
                                                    "notificationPolicy",
                                                    "careful")
                                            .component(
                                                    "ciba-policy",
                                                    "name",
                                                    "wire-transfer",
                                                    "version",
                                                    "2",
                                                    "clients",
                                                    "gas-pump",
                                                    "approvalMode",
                                                    "login",
                                                    "approvalLevel",
                                                    "gold",
                                                    "expiresIn",
                                                    "300",
                                                    "interval",
                                                    "5",
                                                    "numberMatching",
                                                    "type")
                                            .component(
                                                    "ciba-notification-policy",
                                                    "name",
                                                    "careful",
                                                    "quotaType",
                                                    "user",
                                                    "total",
                                                    "20",
                                                    "cooldown",
                                                    "true",
                                                    "pendingPerUser",
                                                    "3"))
                    .with(ConsoleAdmin::addTo);

    @Test
    void listsAndForms(BrowserContext context) {
        Page page = context.newPage();
        page.setViewportSize(WIDTH, LIST_HEIGHT);
        ConsolePage console = ConsolePage.signIn(page, REALM).open("CIBA policies");
        console.cells("pump");
        shoot(page, "console-ciba-policies");
        console.edit("wire-transfer");
        shootWhole(page, "console-ciba-policy");
        console.open("CIBA notification policies").edit("careful");
        shootWhole(page, "console-notification-policy");
        console.open("CIBA policies").create().fill("name", "pump-7").fill("expiresIn", "5");
        console.save();
        page.evaluate("document.querySelector('main').scrollTo(0, 0)");
        shoot(page, "console-refused");
        console.openRealmTab("CIBA settings").pick("loginClient", "account-console");
        console.save();
        console.openRealmTab("CIBA settings");
        shootWhole(page, "console-realm-tab");
    }

    /** As high as the form is: the page scrolls inside of itself. */
    private static void shootWhole(Page page, String name) {
        Object height =
                page.evaluate(
                        "document.querySelector('form').getBoundingClientRect().bottom"
                                + " + document.querySelector('main').scrollTop + 20");
        page.setViewportSize(WIDTH, ((Number) height).intValue());
        shoot(page, name);
        page.setViewportSize(WIDTH, LIST_HEIGHT);
    }

    private static void shoot(Page page, String name) {
        Path here = Path.of("").toAbsolutePath();
        Path root = here.endsWith("it") ? here.getParent() : here;
        page.evaluate("document.fonts.ready");
        SmallPng.write(page.screenshot(), root.resolve("docs/images/" + name + ".png"));
    }
}

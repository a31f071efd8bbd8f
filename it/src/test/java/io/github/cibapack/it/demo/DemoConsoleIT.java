// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.server.HttpsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The link to the admin console that the demo prints. */
@BrowserTest
class DemoConsoleIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().sharing(HttpsServer::shared);

    @Test
    void leadsToThePoliciesOfTheRealm(Page page) {
        page.navigate(REALM.server().url(Demo.policiesInConsole(REALM.name())).toString());
        page.fill("input[name=username]", "admin");
        page.fill("input[name=password]", "admin");
        page.click("#kc-login");

        page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName("CIBA policies").setExact(true))
                .waitFor();
        assertThat(page.url()).contains(REALM.name());
    }

    @Test
    void demosServerHasTheFeatureThatShowsThem() {
        assertThat(Demo.options(new Ports(8090, 8080, 3025)).buildOptions())
                .contains("--features=declarative-ui");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.unaffected;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.server.NeedsKeycloak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The shipped realm on a Keycloak without the pack: an admin may import it first and copy the JAR
 * later.
 */
class UntouchedServerIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().sharingUntouched(TwoServers::withoutPack);

    @NeedsKeycloak(
            value = "26.7",
            because = "before, Keycloak takes a secret from the header and the body alike")
    @Test
    void shippedClientsAuthenticateTheirOwnWayOnly() {
        Form unknownUser = Form.of("scope", "openid", "login_hint", "nobody");

        Answer basic = REALM.gasPump().atKeycloakEndpoints().start(unknownUser);
        Answer post = REALM.gasPumpPost().atKeycloakEndpoints().start(unknownUser);
        Answer basicInBody =
                REALM.gasPump().withSecretInBody().atKeycloakEndpoints().start(unknownUser);

        assertThat(basic.error()).as(basic.body()).isEqualTo("invalid_request");
        assertThat(post.error()).as(post.body()).isEqualTo("invalid_request");
        assertThat(basicInBody.status()).as(basicInBody.body()).isEqualTo(401);
    }

    @Test
    void shippedUsersAreThere() {
        assertThat(REALM.admin().user(REALM.name(), "alice").path("emailVerified").asBoolean())
                .isTrue();
        assertThat(REALM.admin().user(REALM.name(), "bob").path("emailVerified").asBoolean())
                .isFalse();
        assertThat(REALM.admin().user(REALM.name(), "carol").path("enabled").asBoolean()).isFalse();
    }

    @Test
    @BrowserTest
    void shippedRealmShowsItsLoginPage(Page page) {
        page.navigate(REALM.url("/account/").toString());

        page.waitForSelector("input[name=username]");

        assertThat(page.title()).contains("CIBA Demo");
    }
}

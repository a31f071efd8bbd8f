// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The head of the pages names the realm as Keycloak's own pages do. */
class RealmTitleIT {

    @RegisterExtension
    static final RealmFixture TRANSLATED =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.json()
                                        .put(
                                                "displayNameHtml",
                                                "<b>${brand}</b><script>alert(1)</script>");
                                texts(realm)
                                        .put("brand", "Tank &amp; Co")
                                        .put("loginTitleHtml", "{0} <i>of ${brand}</i>");
                            });

    @RegisterExtension
    static final RealmFixture BROKEN =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.json().put("displayNameHtml", "<b>Tank</b>");
                                texts(realm).put("loginTitleHtml", "{broken");
                            });

    @Test
    void textsInTheNameAreTranslatedAndScriptsAreNot() {
        assertThat(headOf(TRANSLATED))
                .contains("<b>Tank &amp; Co</b> <i>of Tank &amp; Co</i>")
                .doesNotContain("script", "alert");
    }

    @Test
    void brokenTextAroundTheNameLeavesTheName() {
        assertThat(headOf(BROKEN)).contains("<b>Tank</b>").doesNotContain("broken");
    }

    private static ObjectNode texts(RealmDocument realm) {
        return realm.json().withObjectProperty("localizationTexts").withObjectProperty("en");
    }

    private static String headOf(RealmFixture realm) {
        Answer started = realm.gasPump().start("alice", "Pump 4").accepted();
        Answer page =
                RelyingParty.exchange(HttpRequest.newBuilder(realm.linkOf(started)).GET().build());
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        int head = page.body().indexOf("kc-header-wrapper");
        return page.body().substring(head, page.body().indexOf("</header>", head));
    }
}

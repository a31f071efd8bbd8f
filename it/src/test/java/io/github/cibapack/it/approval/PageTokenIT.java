// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A decision needs the token that only the page's own form has. */
class PageTokenIT {

    private static final String[] OWN_PAGE = {"Sec-Fetch-Site", "same-origin"};

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                for (int i = 0; i < 6; i++) {
                                    realm.addUser("user" + i);
                                }
                            });

    private static int next;

    private final RelyingParty pump = REALM.gasPump();
    private Answer started;
    private ApprovalForm form;

    @BeforeEach
    void openARequest() {
        started = pump.start("user" + next++, "Pump 4");
        URI link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink();
        form = ApprovalForm.open(link);
    }

    @Test
    void formWithItsTokenDecides() {
        assertThat(form.press("decision", "approve").body()).contains("ciba-result-approved");
    }

    @Test
    void formWithoutATokenDecidesNothing() {
        assertRefused(form.post(Form.of("decision", "approve"), OWN_PAGE));
    }

    @Test
    void tokenOfAnotherRequestDecidesNothing() {
        Answer other = pump.start("alice", "Pump 5");
        URI otherLink = REALM.mailbox().awaitMailFor(other.authReqId()).magicLink();
        ApprovalForm otherForm = ApprovalForm.open(otherLink);

        assertThat(otherForm.token()).isNotEmpty().isNotEqualTo(form.token());
        assertRefused(form.withToken(otherForm.token()).press("decision", "approve"));
    }

    /** Says that the test of the approval mode login forges a token of the right form. */
    @Test
    void tokenOfALinkThatIsEnoughIsMadeOfTheLink() throws Exception {
        assertThat(form.token()).isEqualTo(tokenOfWhoeverHas(form.link()));
    }

    /** A page token as the server makes it where the link is all that a decision needs. */
    static String tokenOfWhoeverHas(URI link) throws GeneralSecurityException {
        String secret = link.getPath().substring(link.getPath().lastIndexOf('/') + 1);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal("\nciba-page".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void browserThatKeepsNoCookiesCanDecide() {
        Answer page = RelyingParty.exchange(HttpRequest.newBuilder(form.link()).GET().build());

        assertThat(page.header("Set-Cookie")).isEmpty();
        assertThat(form.press("decision", "deny").body()).contains("ciba-result-denied");
    }

    private void assertRefused(Answer page) {
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("ciba-result-refused");
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }
}

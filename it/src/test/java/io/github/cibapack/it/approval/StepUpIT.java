// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.IdTokenVerifier;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.text.ParseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Approval with a level: the login is newer than the request, and a passkey was part of it. */
class StepUpIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                StepUpFlow.prepare(realm);
                                Policies.add(
                                        realm,
                                        "platinum",
                                        "approvalMode",
                                        "login",
                                        "approvalLevel",
                                        "platinum");
                                realm.clientAttribute("gas-pump-post", "ciba.policies", "platinum");
                                Policies.addUserWithPassword(realm, "dora");
                                realm.user("dora")
                                        .putArray("requiredActions")
                                        .add("webauthn-register");
                            });

    private final RelyingParty pump = REALM.gasPump();

    @BeforeAll
    static void stepUp() {
        StepUpFlow.install(REALM, "webauthn-authenticator", "hwk");
    }

    @Test
    @BrowserTest
    void loginBeforeTheRequestIsNotEnoughAndThePasskeyIsAskedFor(Page page) throws ParseException {
        VirtualPasskey.plugInto(page);
        page.navigate(asDomain(REALM.url("/ciba/requests")));
        page.click("#ciba-sign-in");
        Policies.signIn(page, "dora");
        VirtualPasskey.register(page);
        page.waitForSelector("#ciba-pending");

        Answer started = pump.start("dora", "Pump 4");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        Policies.awaitTheNextSecond();
        page.navigate(asDomain(REALM.linkOf(started)));
        assertThat(page.locator("form").count()).isZero();
        page.click("#ciba-sign-in");
        page.fill("input[name=password]", "dora-password");
        page.click("#kc-login");
        VirtualPasskey.use(page);
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");

        Answer tokens = pump.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        JWTClaimsSet claims = IdTokenVerifier.of(pump).verify(tokens.text("id_token"));
        assertThat(claims.getStringClaim("acr")).isEqualTo("gold");
        assertThat(claims.getStringListClaim("amr")).containsExactlyInAnyOrder("pwd", "hwk");
    }

    @Test
    void levelThatNobodyKnowsIsRefusedBeforeAnyMail() {
        Answer answer = REALM.gasPumpPost().start("alice", "Pump 4");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.error()).isEqualTo("server_error");
    }

    /** A passkey needs a name for its relying party; an address will not do. */
    private static String asDomain(URI uri) {
        return uri.toString().replace("//127.0.0.1:", "//localhost:");
    }
}

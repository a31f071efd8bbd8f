// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.IdTokenVerifier;
import io.github.cibapack.it.rp.RelyingParty;
import java.io.IOException;
import java.nio.file.Files;
import java.text.ParseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.models.utils.HmacOTP;
import org.keycloak.models.utils.TimeBasedOTP;

/** Approval with a level that a one-time code reaches (RFC 6238). */
class OtpStepUpIT {

    private static final String SECRET = "seed-of-the-one-time-codes";
    private static final int DIGITS = 6;
    private static final int PERIOD_SECONDS = 30;

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(StepUpFlow::prepare)
                    .with(realm -> addUserWithOtp(realm, "otto"));

    private final RelyingParty pump = REALM.gasPump();

    @BeforeAll
    static void stepUp() {
        StepUpFlow.install(REALM, "auth-otp-form", "otp");
    }

    private static void addUserWithOtp(RealmDocument realm, String username) {
        Policies.addUserWithPassword(realm, username);
        ObjectNode otp = realm.user(username).withArrayProperty("credentials").addObject();
        otp.put("type", "otp")
                .put("userLabel", "Phone")
                .put("secretData", "{\"value\":\"%s\"}".formatted(SECRET))
                .put(
                        "credentialData",
                        "{\"subType\":\"totp\",\"digits\":%d,\"period\":%d,\"algorithm\":\"%s\"}"
                                .formatted(DIGITS, PERIOD_SECONDS, HmacOTP.HMAC_SHA1));
    }

    @Test
    @BrowserTest
    void passwordIsNotEnoughAndTheRightCodeIs(Page page) throws IOException, ParseException {
        Answer started = pump.start("otto", "Pump 4");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        Policies.awaitTheNextSecond();
        page.navigate(REALM.mailbox().awaitMailFor(started.authReqId()).magicLink().toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "otto");
        String code = code();
        enter(page, code.startsWith("1") ? "234567" : "123456");
        assertThat(page.locator("button[value=approve]").count()).isZero();
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");

        enter(page, code());
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");

        Answer tokens = pump.pollUntilDecided(started);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        JWTClaimsSet claims = IdTokenVerifier.of(pump).verify(tokens.text("id_token"));
        assertThat(claims.getStringClaim("acr")).isEqualTo("gold");
        assertThat(claims.getStringListClaim("amr")).containsExactlyInAnyOrder("pwd", "otp");
        assertThat(claims.getDateClaim("auth_time")).isNotNull();
        JWTClaimsSet receipt = receipt(page, started);
        assertThat(receipt.getStringListClaim("amr")).containsExactlyInAnyOrder("pwd", "otp");
        assertThat(receipt.getStringClaim("approval_mode")).isEqualTo("login");
        assertThat(receipt.getStringClaim("binding_message")).isEqualTo("Pump 4");
        assertThat(receipt.getStringClaim("scope")).contains("openid");
    }

    private static JWTClaimsSet receipt(Page page, Answer started)
            throws IOException, ParseException {
        String uri = REALM.url("/ciba/requests/" + started.authReqId() + "/receipt").toString();
        Download file =
                page.waitForDownload(() -> page.evaluate("uri => { location.href = uri }", uri));
        return SignedJWT.parse(Files.readString(file.path()).strip()).getJWTClaimsSet();
    }

    private static void enter(Page page, String code) {
        page.fill("input[name=otp]", code);
        page.click("#kc-login");
        page.waitForLoadState();
    }

    private static String code() {
        return new TimeBasedOTP(HmacOTP.HMAC_SHA1, DIGITS, PERIOD_SECONDS, 1).generateTOTP(SECRET);
    }
}

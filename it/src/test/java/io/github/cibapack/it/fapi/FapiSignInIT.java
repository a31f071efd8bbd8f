// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.fapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.server.HttpsServer;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Signing in to approve under Keycloak's FAPI profiles, bound to all clients of the realm, the one
 * that people sign in through included.
 */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the key files are on this machine, not in the container")
class FapiSignInIT {

    private static final FapiVariant VARIANT = FapiVariant.AS_POLL_PRIVATE_KEY_JWT;

    @RegisterExtension
    static final FapiRealm BASELINE =
            FapiRealm.boundTo("fapi-1-baseline").with(FapiSignInIT::signIn);

    @RegisterExtension
    static final FapiRealm SECOND =
            FapiRealm.boundTo("fapi-2-security-profile").with(FapiSignInIT::signInConfidentially);

    @RegisterExtension
    static final FapiRealm ADVANCED =
            FapiRealm.boundTo("fapi-1-advanced").with(FapiSignInIT::signInConfidentially);

    private static void signIn(RealmDocument realm) {
        ((ObjectNode) realm.user(FapiRealm.USER).path("credentials").get(0))
                .put("value", FapiRealm.USER + "-password");
        realm.attribute("acr.loa.map", "{\"silver\":1}");
        // the profiles want https of the login, whichever way an admin's call comes in
        realm.attribute(
                "frontendUrl", HttpsServer.https(URI.create("http://localhost")).toString());
    }

    private static void signInConfidentially(RealmDocument realm) {
        signIn(realm);
        realm.client(Policies.LOGIN_CLIENT)
                .put("publicClient", false)
                .put("clientAuthenticatorType", "client-jwt");
    }

    @Test
    @BrowserTest
    void baselineProfileLetsThePersonSignIn(Page page) {
        signsInAndApproves(BASELINE, page);
        assertThat(problems(BASELINE)).noneMatch(FapiSignInIT::isAboutLogin);
    }

    @NeedsKeycloak(value = "26.7", because = "before, the profile lets nobody sign in here")
    @Test
    @BrowserTest
    void secondGenerationsProfileLetsThePersonSignIn(Page page) {
        signsInAndApproves(SECOND, page);
        assertThat(problems(SECOND)).noneMatch(FapiSignInIT::isAboutLogin);
    }

    /** It wants a request that the client has signed, and nobody has the client's key. */
    @Test
    @BrowserTest
    void whereItIsNotPossibleThePageAndTheAdminAreTold(Page page) {
        FapiClient client = ADVANCED.client(VARIANT);
        String message = FapiClient.message();
        Answer started = start(client, message);
        try (BrowserContext context = trusting(page)) {
            Page own = context.newPage();
            own.navigate(link(ADVANCED, message));
            own.click("#ciba-sign-in");

            own.waitForSelector("#ciba-sign-in-failure");
            assertThat(own.innerText("#ciba-sign-in-failure")).contains("Signing in failed");
            assertThat(own.locator("form").count()).isZero();
        }
        assertThat(client.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
        assertThat(problems(ADVANCED)).anyMatch(FapiSignInIT::isAboutLogin);
    }

    private static void signsInAndApproves(FapiRealm realm, Page page) {
        FapiClient client = realm.client(VARIANT);
        String message = FapiClient.message();
        Answer started = start(client, message);
        try (BrowserContext context = trusting(page)) {
            Page own = context.newPage();
            own.navigate(link(realm, message));
            assertThat(own.locator("form").count()).isZero();
            Policies.awaitTheNextSecond();
            own.click("#ciba-sign-in");
            Policies.signIn(own, FapiRealm.USER);
            PersonAtThePage.press(own, "button[value=approve]");
            own.waitForSelector(".ciba-result-approved");
        }
        Answer tokens = client.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    }

    /** Asks for a level, so that the person must sign in whatever the policy says. */
    private static Answer start(FapiClient client, String message) {
        Answer started = client.start(client.claims(message).claim("acr_values", "silver").build());
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return started;
    }

    private static String link(FapiRealm realm, String message) {
        ReceivedMail mail =
                realm.realm()
                        .mailbox()
                        .await(found -> found.mentions(message), Duration.ofSeconds(20));
        return mail.magicLink().toString();
    }

    /** The server's certificate is of the tests' own authority. */
    private static BrowserContext trusting(Page page) {
        return page.context()
                .browser()
                .newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true));
    }

    private static Iterable<JsonNode> problems(FapiRealm realm) {
        return realm.realm()
                .admin()
                .call("GET", "/" + realm.realm().name() + "/ciba/problems", null)
                .json()
                .path("problems");
    }

    private static boolean isAboutLogin(JsonNode problem) {
        return problem.path("kind").asText().equals("login_refused")
                && problem.path("client").asText().equals(Policies.LOGIN_CLIENT);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.IdTokenVerifier;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code acr_values} that name a level of the realm: the person signs in for it. */
class RequestedLevelIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(RequestedLevelIT::change);

    /** By the built-in policy a link is enough. */
    private final RelyingParty pump = REALM.gasPump();

    private final RelyingParty goldOnly = REALM.gasPumpPost();

    private static void change(RealmDocument realm) {
        realm.attribute(
                "acr.loa.map", "{\"bronze\":0,\"copper\":1,\"silver\":1,\"gold\":2,\"diamond\":7}");
        Policies.add(realm, "strict", "approvalMode", "login", "approvalLevel", "gold");
        realm.clientAttribute("gas-pump-post", "ciba.policies", "strict");
        realm.addClient("own-names", "own-names-secret");
        realm.clientAttribute("own-names", "acr.loa.map", "{\"urn:rp:strong\":2}");
        for (String user : new String[] {"dora", "emil", "fay", "gus"}) {
            Policies.addUserWithPassword(realm, user);
            realm.user(user).putArray("requiredActions").add("webauthn-register");
        }
        Policies.addUserWithPassword(realm, "hal");
        Policies.addUserWithPassword(realm, "ida");
        realm.addUser("jan");
        realm.addUser("kim");
    }

    @BeforeAll
    static void stepUp() {
        StepUpFlow.install(REALM, "webauthn-authenticator", "hwk");
    }

    @Test
    @BrowserTest
    @Clause("7.1-8")
    void knownAcrAsksForItsLevelThoughThePolicyWouldTakeALink(Page page) throws ParseException {
        makePasskey(page, "dora");
        Answer started = pump.start(asking("dora", "gold"));

        approveWithPasskey(page, "dora", "gold");

        assertThat(acr(pump, started)).isEqualTo("gold");
    }

    @Test
    @BrowserTest
    void keycloaksEndpointAsksForTheLevelToo(Page page) throws ParseException {
        RelyingParty keycloak = pump.atKeycloakEndpoints();
        makePasskey(page, "emil");
        Answer started = keycloak.start(asking("emil", "gold"));
        assertThat(started.status()).as(started.body()).isEqualTo(200);

        approveWithPasskey(page, "emil", "gold");

        assertThat(acr(keycloak, started)).isEqualTo("gold");
    }

    @Test
    @BrowserTest
    void clientsOwnNamesCountForTheClient(Page page) throws ParseException {
        RelyingParty own = REALM.relyingParty("own-names");
        makePasskey(page, "fay");
        Answer started = own.start(asking("fay", "urn:rp:strong"));

        approveWithPasskey(page, "fay", "urn:rp:strong");

        assertThat(acr(own, started)).isEqualTo("urn:rp:strong");
    }

    @Test
    @BrowserTest
    void requestNeverAsksForLessThanThePolicy(Page page) throws ParseException {
        makePasskey(page, "gus");
        Answer started = goldOnly.start(asking("gus", "silver"));

        approveWithPasskey(page, "gus", "silver");

        assertThat(acr(goldOnly, started)).isEqualTo("gold");
    }

    @Test
    @BrowserTest
    void ofTwoNamesOfALevelTheOneThatWasAskedForComesBack(Page page) throws ParseException {
        Answer silver = pump.start(asking("hal", "diamond silver gold"));
        approveWithPassword(page, "hal", "diamond silver gold");

        assertThat(acr(pump, silver))
                .as("the first one of the list that a login can reach")
                .isEqualTo("silver");
        Answer copper = pump.start(asking("hal", "copper"));
        approveWithPassword(page, "hal", "copper");

        assertThat(acr(pump, copper)).isEqualTo("copper");
    }

    @Test
    void linkAloneDecidesNothing() {
        Answer started = pump.start(asking("jan", "gold"));
        ApprovalForm form = ApprovalForm.open(link("jan", "gold"));

        assertThat(form.token()).isEmpty();
        form.press("decision", "approve");

        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"platinum", "diamond", "bronze", "2", "GOLD"})
    @Clause("7.1-8")
    void whatNobodyKnowsAndWhatNoLoginReachesIsPassedOver(String acr) throws ParseException {
        Answer started = pump.start(asking("kim", acr));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ApprovalForm.decide(link("kim", acr), "approve");

        assertThat(acr(pump, started)).isEqualTo("bronze");
    }

    @Test
    void discoveryNamesOnlyWhatALoginReaches() {
        Answer document =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(REALM.url("/as/.well-known/openid-configuration"))
                                .build());

        assertThat(document.json().path("acr_values_supported"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("bronze", "copper", "silver", "gold");
    }

    private static Form asking(String loginHint, String acrValues) {
        return Form.of("scope", "openid", "login_hint", loginHint, "acr_values", acrValues)
                .and("binding_message", message(loginHint, acrValues));
    }

    private static void makePasskey(Page page, String user) {
        VirtualPasskey.plugInto(page);
        page.navigate(asDomain(REALM.url("/ciba/requests")));
        page.click("#ciba-sign-in");
        Policies.signIn(page, user);
        VirtualPasskey.register(page);
        page.waitForSelector("#ciba-pending");
    }

    private static void approveWithPasskey(Page page, String user, String acrValues) {
        Policies.awaitTheNextSecond();
        page.navigate(asDomain(link(user, acrValues)));
        assertThat(page.locator("form").count()).as("earlier logins are not enough").isZero();
        page.click("#ciba-sign-in");
        page.fill("input[name=password]", user + "-password");
        page.click("#kc-login");
        VirtualPasskey.use(page);
        approve(page);
    }

    private static void approveWithPassword(Page page, String user, String acrValues) {
        page.navigate(asDomain(link(user, acrValues)));
        assertThat(page.locator("form").count()).isZero();
        Policies.awaitTheNextSecond();
        page.click("#ciba-sign-in");
        if (page.locator("input[name=username]").isVisible()) {
            page.fill("input[name=username]", user);
        }
        page.fill("input[name=password]", user + "-password");
        page.click("#kc-login");
        approve(page);
    }

    private static void approve(Page page) {
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");
    }

    private static String acr(RelyingParty party, Answer started) throws ParseException {
        Answer tokens = party.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        JWTClaimsSet claims = IdTokenVerifier.of(party).verify(tokens.text("id_token"));
        return claims.getStringClaim("acr");
    }

    /** A passkey needs a name for its relying party; an address will not do. */
    private static String asDomain(URI uri) {
        return uri.toString().replace("//127.0.0.1:", "//localhost:");
    }

    /** What the mail is known by: the ids of Keycloak's own endpoint stand in no mail. */
    private static String message(String loginHint, String acrValues) {
        return loginHint + "-" + acrValues.replace(' ', '-');
    }

    private static URI link(String loginHint, String acrValues) {
        String message = message(loginHint, acrValues);
        return REALM.mailbox()
                .await(mail -> mail.mentions(message), Duration.ofSeconds(20))
                .magicLink();
    }
}

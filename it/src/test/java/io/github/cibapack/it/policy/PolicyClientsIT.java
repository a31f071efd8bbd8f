// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy that lists the clients that may use it, without any attribute of theirs. */
class PolicyClientsIT {

    private static final String LOGO = "data:image/png;base64,iVBORw0KGgo=";
    private static final String OWN_LOGO = "data:image/gif;base64,R0lGODlh";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(PolicyClientsIT::prepare);

    private static void prepare(RealmDocument realm) {
        // each policy has a lifetime of its own, by which an answer tells it
        policy(realm, "name", "alpha", "expiresIn", "101", "clients", "twice", "clients", "both");
        policy(
                realm,
                "name",
                "beta",
                "expiresIn",
                "102",
                "clients",
                "listed",
                "clients",
                "twice",
                "clients",
                "both",
                "clients",
                "pinned");
        policy(
                realm,
                "name",
                "beta",
                "version",
                "2",
                "expiresIn",
                "103",
                "clients",
                "twice",
                "clients",
                "both");
        policy(realm, "name", "beta", "version", "3", "expiresIn", "104");
        policy(
                realm,
                "name",
                "numbers",
                "expiresIn",
                "105",
                "numberMatching",
                "type",
                "logo",
                LOGO,
                "clients",
                "numbers",
                "clients",
                "silent",
                "clients",
                "own-logo");
        for (String client :
                new String[] {"listed", "twice", "both", "pinned", "numbers", "silent"}) {
            realm.addClient(client, client + "-secret");
        }
        realm.addClient("own-logo", "own-logo-secret");
        realm.clientAttribute("both", "ciba.policies", "beta");
        realm.clientAttribute("pinned", "ciba.policies", "beta@3");
        realm.clientAttribute("silent", "ciba.number.matching", "false");
        realm.clientAttribute("own-logo", "ciba.logo", OWN_LOGO);
    }

    private static void policy(RealmDocument realm, String... settings) {
        realm.json()
                .withObjectProperty("components")
                .withArrayProperty("org.keycloak.services.ui.extend.UiPageProvider")
                .add(PolicyComponents.inRealm(settings));
    }

    @ParameterizedTest
    @CsvSource({
        // the version that lists the client, though there is a higher one
        "listed,,102",
        // by name where several policies do, and the highest version of those that do
        "twice,,101",
        "twice,beta,103",
        "twice,beta@2,103",
        // the attribute comes first, and what it names is its own affair
        "both,,104",
        "both,beta,104",
        "both,alpha,101",
        "pinned,,104",
        "pinned,beta,104",
    })
    void policyIsTheOneThatListsTheClient(String client, String acrValues, int expiresIn) {
        Answer started = start(client, acrValues);

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(started.json().path("expires_in").asInt()).isEqualTo(expiresIn);
    }

    @ParameterizedTest
    @CsvSource({"listed,alpha", "listed,beta@2", "twice,beta@1", "pinned,beta@1", "gas-pump,beta"})
    void policyThatDoesNotListTheClientIsRefused(String client, String acrValues) {
        Answer refused = start(client, acrValues);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
    }

    @Test
    void listHoldsFromTheNextRequestOnAndEndsWithIt() {
        assertThat(start("gas-pump", null).json().path("expires_in").asInt()).isEqualTo(120);
        Answer created =
                REALM.admin()
                        .call(
                                "POST",
                                "/" + REALM.name() + "/components",
                                PolicyComponents.json(
                                        "name", "fresh", "expiresIn", "99", "clients", "gas-pump"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(start("gas-pump", null).json().path("expires_in").asInt()).isEqualTo(99);

        String id = created.header("Location").replaceFirst(".*/", "");
        REALM.admin().call("DELETE", "/" + REALM.name() + "/components/" + id, null);

        assertThat(start("gas-pump", null).json().path("expires_in").asInt()).isEqualTo(120);
    }

    @Test
    void listedClientIsTakenToShowTheNumberUnlessItsAttributeSaysNo() {
        Answer listed = start("numbers", null);
        Answer silent = start("silent", null);

        assertThat(listed.text("match_code")).matches("[0-9]{2,6}");
        assertThat(silent.status()).as(silent.body()).isEqualTo(200);
        assertThat(silent.json().has("match_code")).isFalse();
    }

    @Test
    void pageShowsTheLogoOfThePolicyWhereTheClientHasNone() {
        assertThat(page("numbers")).contains(LOGO);
        assertThat(page("own-logo")).contains(OWN_LOGO).doesNotContain(LOGO);
        assertThat(page("listed")).doesNotContain("data:image/");
    }

    private static String page(String client) {
        ReceivedMail mail = REALM.mailbox().awaitMailFor(start(client, null).authReqId());
        URI link = ApprovalForm.open(mail.magicLink()).link();
        return RelyingParty.exchange(HttpRequest.newBuilder(link).build()).body();
    }

    @Test
    void adminSeesThePolicyAndWhoNamesIt() {
        JsonNode both = settings("both");
        JsonNode twice = settings("twice");
        JsonNode numbers = settings("numbers");

        assertThat(both.path("policies"))
                .extracting(JsonNode::asText)
                .containsExactly("beta", "alpha@1");
        assertThat(both.at("/policy/source").asText()).isEqualTo("ciba.policies");
        assertThat(twice.path("policies"))
                .extracting(JsonNode::asText)
                .containsExactly("alpha@1", "beta@2");
        assertThat(twice.at("/policy/level").asText()).isEqualTo("ciba_policy");
        assertThat(twice.at("/policy/source").asText()).isEqualTo("clients");
        assertThat(setting(numbers, "numberMatching").path("value").asText()).isEqualTo("type");
        assertThat(setting(numbers, "logo").path("value").asText()).isEqualTo(LOGO);
        JsonNode silent = setting(settings("silent"), "numberMatching");
        assertThat(silent.path("value").asText()).isEqualTo("off");
        assertThat(silent.path("source").asText()).isEqualTo("ciba.number.matching");
        JsonNode ownLogo = setting(settings("own-logo"), "logo");
        assertThat(ownLogo.path("value").asText()).isEqualTo(OWN_LOGO);
        assertThat(ownLogo.path("source").asText()).isEqualTo("ciba.logo");
    }

    private static JsonNode settings(String clientId) {
        String id = REALM.admin().client(REALM.name(), clientId).path("id").asText();
        Answer answer =
                REALM.admin()
                        .call(
                                "GET",
                                "/" + REALM.name() + "/ciba/clients/" + id + "/settings",
                                null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode setting(JsonNode settings, String key) {
        for (JsonNode value : settings.path("settings")) {
            if (value.path("key").asText().equals(key)) {
                return value;
            }
        }
        throw new AssertionError(key + " is not in " + settings);
    }

    private static Answer start(String client, String acrValues) {
        Form form = Form.of("scope", "openid", "login_hint", "alice");
        return REALM.relyingParty(client)
                .start(acrValues == null ? form : form.and("acr_values", acrValues));
    }
}

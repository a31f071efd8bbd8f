// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which policy a request gets: the client's list, its versions, and what acr_values pick. */
class PolicyVersionsIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(PolicyVersionsIT::prepare);

    private final Events events = new Events(REALM);

    private static void prepare(RealmDocument realm) {
        // each version has a lifetime of its own, by which an answer tells it
        realm.component("ciba-policy", "name", "payments", "expiresIn", "101");
        realm.component("ciba-policy", "name", "payments", "version", "3", "expiresIn", "103");
        realm.component("ciba-policy", "name", "payments", "version", "2", "expiresIn", "102");
        realm.component("ciba-policy", "name", "logins", "expiresIn", "110");
        realm.component("ciba-policy", "name", "foreign", "expiresIn", "120");
        client(realm, "latest", "payments, logins");
        client(realm, "pinned", "payments@2 logins");
        client(realm, "gone", "payments@9");
        client(realm, "never", "no-such-policy");
        client(realm, "misspelt", "payments@two");
        realm.component(
                "ciba-policy",
                "name",
                "by-token",
                "allowedHints",
                "login_hint_token,id_token_hint");
        client(realm, "by-token", "by-token");
        realm.component(
                "ciba-policy",
                "name",
                "hiding",
                "hideUsers",
                "true",
                "allowedHints",
                "id_token_hint");
        client(realm, "hiding", "hiding");
    }

    private static void client(RealmDocument realm, String name, String policies) {
        realm.addClient(name, name + "-secret")
                .withObjectProperty("attributes")
                .put("ciba.policies", policies);
    }

    @ParameterizedTest
    @CsvSource({
        "latest,,103,payments,3",
        "pinned,,102,payments,2",
        "latest,payments,103,payments,3",
        "latest,payments logins,103,payments,3",
        "latest,logins,110,logins,1",
        "pinned,logins,110,logins,1",
        "pinned,payments,102,payments,2",
        "pinned,payments@2,102,payments,2",
        "pinned,gold payments@9 logins,110,logins,1",
        "latest,silver,103,payments,3",
    })
    void policyIsTheFirstOfTheListOrTheOneThatIsPicked(
            String client, String acrValues, int expiresIn, String policy, int version) {
        Answer started = start(client, acrValues);

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(started.json().path("expires_in").asInt()).isEqualTo(expiresIn);
        JsonNode details = events.await(started, "requested");
        assertThat(details.path("ciba_policy").asText()).isEqualTo(policy);
        assertThat(details.path("ciba_policy_version").asInt()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({"latest,foreign", "latest,payments@2", "pinned,payments@3", "pinned,foreign"})
    void policyThatIsNotOnTheListIsRefused(String client, String acrValues) {
        Answer refused = start(client, acrValues);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(events.ofRefusal(refused, "refused").path("reason").asText())
                .isEqualTo("policy_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone", "never", "misspelt"})
    void versionThatIsMissingIsTheSameErrorAsAMissingPolicy(String client) {
        Answer refused = start(client, null);
        Answer atKeycloaks =
                REALM.relyingParty(client)
                        .atKeycloakEndpoints()
                        .start(Form.of("scope", "openid", "login_hint", "alice"));

        for (Answer answer : new Answer[] {refused, atKeycloaks}) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(500);
            assertThat(answer.error()).isEqualTo("server_error");
            assertThat(events.ofRefusal(answer, "refused").path("reason").asText())
                    .isEqualTo("invalid_setting");
        }
        assertThat(REALM.server().logs())
                .contains("Setting 'ciba.policies' names a policy that does not exist");
    }

    @Test
    void newVersionHoldsFromTheNextRequestOn() {
        REALM.admin()
                .updateClient(
                        REALM.name(),
                        "gas-pump-post",
                        client ->
                                client.withObjectProperty("attributes")
                                        .put("ciba.policies", "growing"));
        Answer none = REALM.gasPumpPost().start("alice", "none");
        assertThat(none.status()).isEqualTo(500);

        for (int version = 1; version <= 2; version++) {
            Answer created =
                    REALM.admin()
                            .call(
                                    "POST",
                                    "/" + REALM.name() + "/components",
                                    PolicyComponents.json(
                                            "name",
                                            "growing",
                                            "version",
                                            "" + version,
                                            "expiresIn",
                                            "20" + version));
            assertThat(created.status()).as(created.body()).isEqualTo(201);
            assertThat(
                            REALM.gasPumpPost()
                                    .start("alice", "version " + version)
                                    .json()
                                    .path("expires_in")
                                    .asInt())
                    .isEqualTo(200 + version);
        }
    }

    @Test
    void hintThatThePolicyDoesNotAllowIsRefusedByItsRule() {
        Answer refused = start("by-token", null);
        Answer atKeycloaks =
                REALM.relyingParty("by-token")
                        .atKeycloakEndpoints()
                        .start(Form.of("scope", "openid", "login_hint", "alice"));

        for (Answer answer : new Answer[] {refused, atKeycloaks}) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("invalid_request");
            assertThat(answer.errorDescription())
                    .contains(
                            "A login_hint is not allowed for this request; allowed:"
                                    + " login_hint_token, id_token_hint.");
            assertThat(events.ofRefusal(answer, "refused").path("reason").asText())
                    .isEqualTo("hint_not_allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody-of-that-name"})
    void ruleOfThePolicyTellsNobodyWhoExists(String hint) {
        Form form = Form.of("scope", "openid", "login_hint", hint);

        Answer refused = REALM.relyingParty("hiding").start(form);
        Answer atKeycloaks = REALM.relyingParty("hiding").atKeycloakEndpoints().start(form);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(atKeycloaks.status()).as(atKeycloaks.body()).isEqualTo(400);
        assertThat(atKeycloaks.errorDescription()).contains("A login_hint is not allowed");
    }

    @Test
    void clientWithoutAListHasTheRealmsValues() {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObjectProperty("attributes")
                                        .put("cibaExpiresIn", "77")
                                        .put("cibaInterval", "3"));

        Answer started = REALM.gasPump().start("alice", "built in");

        assertThat(started.json().path("expires_in").asInt()).isEqualTo(77);
        assertThat(started.json().path("interval").asInt()).isEqualTo(3);
        JsonNode details = events.await(started, "requested");
        assertThat(details.path("ciba_policy").asText()).isEqualTo("default");
        assertThat(details.has("ciba_policy_version")).isFalse();
    }

    private static Answer start(String client, String acrValues) {
        Form form = Form.of("scope", "openid", "login_hint", "alice");
        return REALM.relyingParty(client)
                .start(acrValues == null ? form : form.and("acr_values", acrValues));
    }
}

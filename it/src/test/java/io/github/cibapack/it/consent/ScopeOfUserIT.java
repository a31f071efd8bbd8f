// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A scope that Keycloak would not grant the user is refused before anybody is asked. */
class ScopeOfUserIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(ScopeOfUserIT::prepare);

    private final RelyingParty pump = REALM.gasPump();
    private final RelyingParty hiding = REALM.gasPumpPost();

    private static void prepare(RealmDocument realm) {
        realm.json().put("organizationsEnabled", true);
        realm.addUser("member");
        realm.addUser("stranger").remove("realmRoles");
        Policies.add(realm, "hiding", "hideUsers", "true");
        realm.clientAttribute("gas-pump-post", "ciba.policies", "hiding");
    }

    @BeforeAll
    static void makeScopes() {
        Scopes scopes = new Scopes(REALM);
        scopes.optional("staff");
        scopes.restrict("staff", "pump-staff");
        scopes.grant("member", "pump-staff");
        scopes.byDefault("manager");
        scopes.restrict("manager", "pump-manager");
        scopes.organization("acme", "member");
        scopes.organization("globex");
    }

    @ParameterizedTest
    @CsvSource({
        "stranger, openid staff",
        "stranger, openid profile staff email",
        "stranger, openid organization:acme",
        "stranger, openid organization:*",
        "stranger, openid manager",
        "member, openid organization:globex",
        "member, openid organization:acme organization:globex",
        "member, openid organization:none-of-that-name"
    })
    void isRefusedAtBothEndpoints(String user, String scope) {
        for (RelyingParty party : List.of(pump, pump.atKeycloakEndpoints())) {
            Answer answer = party.start(Form.of("scope", scope, "login_hint", user));

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("invalid_scope");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "member, openid staff offline_access",
        "member, openid organization:acme",
        "member, openid organization:*",
        "member, openid organization",
        "stranger, openid organization",
        "stranger, openid  profile ",
        "stranger, openid"
    })
    void whatTheUserCanGrantIsAskedAtBothEndpoints(String user, String scope) {
        Answer answer = pump.start(Form.of("scope", scope, "login_hint", user));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid staff", "openid organization:acme", "openid organization:*"})
    void whereUsersAreHiddenItTellsNothing(String scope) {
        for (RelyingParty party : List.of(hiding, hiding.atKeycloakEndpoints())) {
            for (String user : List.of("member", "stranger", "nobody-of-that-name")) {
                Answer answer = party.start(Form.of("scope", scope, "login_hint", user));

                assertThat(answer.status()).as("%s: %s", user, answer.body()).isEqualTo(200);
            }
        }
    }

    /** At Keycloak's own endpoint its rule holds: it would make no tokens at all. */
    @Test
    void offlineAccessWithoutItsRoleIsRefusedAtKeycloaksEndpointAndLeftOutAtTheOther() {
        Form form = Form.of("scope", "openid offline_access", "login_hint", "stranger");

        assertThat(pump.atKeycloakEndpoints().start(form).error()).isEqualTo("invalid_scope");

        Answer started = pump.start(form);
        URI link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink();
        assertThat(RelyingParty.exchange(HttpRequest.newBuilder(link).build()).body())
                .doesNotContain("Offline Access");
        ApprovalForm.decide(link, "approve");
        Answer tokens = pump.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("scope")).doesNotContain("offline_access");
    }

    @Test
    void adminFindsTheReasonInTheEvent() {
        pump.start(Form.of("scope", "openid staff", "login_hint", "stranger"));

        assertThat(REALM.admin().events(REALM.name()))
                .anySatisfy(
                        event ->
                                assertThat(event.at("/details/reason").asText())
                                        .isEqualTo("scope_not_granted_to_user"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openid sta\u202eff",
                "openid staff\u200b",
                "openid \"staff\"",
                "openid sta\\ff",
                "openid\tstaff",
                "openid straße"
            })
    void nameThatCannotBeOneIsRefused(String scope) {
        Answer answer = pump.start(Form.of("scope", scope, "login_hint", "member"));

        assertThat(answer.error()).as(answer.body()).isEqualTo("invalid_scope");
    }
}

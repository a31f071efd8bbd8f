// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nobody approves what the page has not listed: a client that may register itself may give itself
 * further default scopes between the approval and the poll.
 */
class ScopesChangedIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.addUser("ines");
                                realm.addUser("ivan");
                            });

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void scopeThatWasNotListedIsNotGranted(boolean documented) {
        RelyingParty pump = documented ? REALM.gasPump() : REALM.gasPump().atKeycloakEndpoints();
        String message = "scopes-" + documented;
        String scope = "added-" + documented;

        Answer started =
                pump.start(
                        Form.of("scope", "openid", "login_hint", documented ? "ines" : "ivan")
                                .and("binding_message", message));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        URI link = link(message);
        assertThat(page(link)).doesNotContain("Everything you own " + documented);
        ApprovalForm.decide(link, "approve");
        new Scopes(REALM)
                .byDefault(scope, "consent.screen.text", "Everything you own " + documented);

        Answer tokens = pump.poll(started.authReqId());

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(400);
        assertThat(tokens.error()).isEqualTo("invalid_grant");
        assertThat(REALM.admin().events(REALM.name()))
                .extracting((JsonNode event) -> event.path("error").asText())
                .contains("client_changed");
    }

    /**
     * It asks for a scope, and has it while the approval is used, but not while the page is read.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pageThatWouldListLessThanWasAskedForOffersNoApproval(boolean documented) {
        RelyingParty pump = documented ? REALM.gasPump() : REALM.gasPump().atKeycloakEndpoints();
        String message = "hidden-" + documented;
        String scope = "fuel-" + documented;
        String text = "Your fuel card " + documented;
        Scopes scopes = new Scopes(REALM);
        scopes.optional(scope, "consent.screen.text", text);
        URI link = asked(pump, "openid " + scope, documented ? "ines" : "ivan", message);
        assertThat(page(link)).contains(text).contains("value=\"approve\"");

        scopes.take(scope);

        assertThat(page(link))
                .contains("This request has ended")
                .doesNotContain("value=\"approve\"")
                .doesNotContain("page_token");

        scopes.giveBack(scope);
        assertThat(page(link)).contains(text).contains("value=\"approve\"");
        ApprovalForm.decide(link, "deny");
    }

    /** With a refresh, as well as before the poll. Nobody is told of a scope that is not listed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void scopeThatTheClientHasGotSinceIsNotGrantedByARefresh(boolean documented) {
        RelyingParty pump = documented ? REALM.gasPump() : REALM.gasPump().atKeycloakEndpoints();
        String message = "later-" + documented;
        String scope = "later-" + documented;
        Answer started =
                pump.start(
                        Form.of("scope", "openid offline_access")
                                .and("login_hint", documented ? "ines" : "ivan")
                                .and("binding_message", message));
        ApprovalForm.decide(link(message), "approve");
        Answer tokens = pump.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        Scopes scopes = new Scopes(REALM);
        scopes.byDefault("unlisted-" + documented, "display.on.consent.screen", "false");
        assertThat(refreshed(pump, tokens).status()).isEqualTo(200);

        scopes.byDefault(scope, "consent.screen.text", "All that comes later");
        Answer refused = refreshed(pump, tokens);
        scopes.remove(scope);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_scope");
        assertThat(refreshed(pump, tokens).status()).isEqualTo(200);
    }

    private static Answer refreshed(RelyingParty pump, Answer tokens) {
        return pump.send(
                REALM.url("/protocol/openid-connect/token"),
                Form.of("grant_type", "refresh_token")
                        .and("refresh_token", tokens.text("refresh_token")));
    }

    private static URI asked(RelyingParty pump, String scope, String user, String message) {
        Answer started =
                pump.start(
                        Form.of("scope", scope, "login_hint", user)
                                .and("binding_message", message));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return link(message);
    }

    private static URI link(String message) {
        return REALM.mailbox()
                .await(mail -> mail.mentions(message), Duration.ofSeconds(20))
                .magicLink();
    }

    private static String page(URI link) {
        return RelyingParty.exchange(HttpRequest.newBuilder(link).build()).body();
    }
}

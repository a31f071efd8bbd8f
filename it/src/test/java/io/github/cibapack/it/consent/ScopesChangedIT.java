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
        URI link =
                REALM.mailbox()
                        .await(mail -> mail.mentions(message), Duration.ofSeconds(20))
                        .magicLink();
        assertThat(RelyingParty.exchange(HttpRequest.newBuilder(link).build()).body())
                .doesNotContain("Everything you own " + documented);
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
}

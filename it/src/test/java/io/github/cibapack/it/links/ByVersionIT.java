// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.consent.Apis;
import io.github.cibapack.it.consent.Scopes;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Workspace;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What not every version of Keycloak lets the pack do: it is done whole, or it is refused before
 * the user is asked, and the metadata says which.
 */
class ByVersionIT {
    private static final boolean DONE = Workspace.current().isKeycloakAtLeast("26.7");

    private static final String PAYMENT =
            """
            [{"type":"payment_initiation","instructedAmount":{"currency":"EUR","amount":"1.50"},\
            "creditorName":"Merchant A","creditorAccount":{"iban":"DE02100100109307118603"}}]\
            """;

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh().with(Apis::addTo);

    @Test
    void authorizationDetails() {
        new Scopes(REALM).optional("payments", "authorization_details.types", "payment_initiation");

        assertDoneOrRefused("authorization_details", PAYMENT, "invalid_authorization_details");
        assertThat(metadata().has("authorization_details_types_supported")).isEqualTo(DONE);
    }

    @Test
    void resources() {
        assertDoneOrRefused("resource", Apis.PAYMENTS, "invalid_target");
    }

    private static void assertDoneOrRefused(String parameter, String value, String error) {
        Form form = Form.of("scope", "openid", "login_hint", "alice", parameter, value);

        Answer as = REALM.gasPump().start(form);
        Answer keycloaks = REALM.gasPump().atKeycloakEndpoints().start(form);

        for (Answer answer : new Answer[] {as, keycloaks}) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(DONE ? 200 : 400);
            assertThat(answer.error()).as(answer.body()).isEqualTo(DONE ? "" : error);
        }
        if (!DONE) {
            assertThat(REALM.mailbox().all()).isEmpty();
        }
    }

    private static JsonNode metadata() {
        Answer document =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(REALM.url("/as/.well-known/openid-configuration"))
                                .build());
        assertThat(document.status()).as(document.body()).isEqualTo(200);
        return document.json();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.text.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a server with Keycloak's own feature for other grants. */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "a server with features of its own is built on this machine")
@NeedsKeycloak(value = "26.7", because = "the feature resource-indicators")
class ResourceFeatureIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .sharing(FeaturesServer::shared)
                    .with(
                            realm -> {
                                Apis.addTo(realm);
                                realm.client("gas-pump").put("serviceAccountsEnabled", true);
                            });

    @Test
    void approvedOnesWorkAsWithoutIt() throws ParseException {
        Answer tokens = redeemed("openid");
        assertThat(Apis.audience(tokens)).containsExactly(Apis.PAYMENTS, Apis.ACCOUNTS);

        Answer offline = redeemed("openid offline_access");
        Answer refreshed = send("refresh_token", "refresh_token", offline.text("refresh_token"));
        assertThat(Apis.audience(refreshed)).containsExactly(Apis.PAYMENTS, Apis.ACCOUNTS);
        Answer less =
                send(
                        "refresh_token",
                        "refresh_token",
                        offline.text("refresh_token"),
                        "resource",
                        Apis.ACCOUNTS);
        assertThat(Apis.audience(less)).containsExactly(Apis.ACCOUNTS);
    }

    @Test
    void otherGrantsAreKeycloaks() {
        Answer unknown = send("client_credentials", "resource", "https://api.example/unknown");

        assertThat(unknown.error()).as(unknown.body()).isEqualTo("invalid_target");
    }

    private static Answer redeemed(String scope) {
        OpenRequest request =
                OpenRequest.in(
                        REALM,
                        REALM.gasPump(),
                        Form.of("scope", scope, "login_hint", OpenRequest.somebody(REALM))
                                .and("resource", Apis.PAYMENTS)
                                .and("resource", Apis.ACCOUNTS));
        request.decide("approve");
        return request.result();
    }

    private static Answer send(String grantType, String... parameters) {
        RelyingParty pump = REALM.gasPump();
        return pump.send(
                REALM.url("/protocol/openid-connect/token"),
                Form.of("grant_type", grantType).and(Form.of(parameters)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A policy that asks in several ways: each user keeps one, and everything tells them apart. */
class VariantsIT {
    private static final int USERS = 12;

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(VariantsIT::prepare);

    private final Events events = new Events(REALM);

    private static void prepare(RealmDocument realm) {
        for (int i = 0; i < USERS; i++) {
            realm.addUser("driver-" + i);
        }
        realm.json()
                .withObjectProperty("components")
                .withArrayProperty("org.keycloak.services.ui.extend.UiPageProvider")
                .add(
                        PolicyComponents.inRealm(
                                "name", "spread",
                                "variants", "name=link weight=50 templates=no-such-pair",
                                "variants", "name=signed-in weight=50 approvalMode=login"));
        realm.addClient("spread", "spread-secret")
                .withObjectProperty("attributes")
                .put("ciba.policies", "spread");
    }

    /** One story, as it takes enough users for both variants to turn up. */
    @Test
    void usersAreSpreadAndKeepTheirVariant() {
        RelyingParty client = REALM.relyingParty("spread");
        Map<String, String> chosen = new HashMap<>();
        for (int i = 0; i < USERS; i++) {
            String user = "driver-" + i;
            Answer started = client.start(user, "Pump 4");
            assertThat(started.status()).as(started.body()).isEqualTo(200);
            String variant = events.await(started, "requested").path("ciba_variant").asText();
            chosen.put(user, variant);
            requireEffect(variant, started);
        }
        Set<String> seen = new HashSet<>(chosen.values());
        assertThat(seen).containsExactlyInAnyOrder("link", "signed-in");

        Answer created =
                REALM.admin()
                        .call(
                                "POST",
                                "/" + REALM.name() + "/components",
                                PolicyComponents.json(
                                        "name", "spread",
                                        "version", "2",
                                        "variants", "name=link weight=50",
                                        "variants", "name=signed-in weight=50 approvalMode=login"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        chosen.forEach(
                (user, variant) -> {
                    JsonNode details = events.await(client.start(user, "again"), "requested");
                    assertThat(details.path("ciba_variant").asText()).isEqualTo(variant);
                    assertThat(details.path("ciba_policy_version").asInt()).isEqualTo(2);
                });
        assertThat(metric("link", "accepted") + metric("signed-in", "accepted"))
                .isGreaterThanOrEqualTo(2 * USERS);
    }

    @Test
    void decisionIsCountedAndRecordedWithTheVariant() {
        RelyingParty client = REALM.relyingParty("spread");
        for (int i = 0; i < USERS; i++) {
            Answer started = client.start("driver-" + i, "decide");
            if (events.await(started, "requested").path("ciba_variant").asText().equals("link")) {
                double before = metric("link", "approved");
                ApprovalForm.decide(
                        REALM.mailbox().awaitMailFor(started.authReqId()).magicLink(), "approve");
                assertThat(client.pollUntilDecided(started).status()).isEqualTo(200);

                for (String step : new String[] {"sent", "opened", "approved", "redeemed"}) {
                    JsonNode details = events.await(started, step);
                    assertThat(details.path("ciba_policy").asText()).as(step).isEqualTo("spread");
                    assertThat(details.path("ciba_variant").asText()).as(step).isEqualTo("link");
                }
                assertThat(metric("link", "approved")).isEqualTo(before + 1);
                return;
            }
        }
        throw new AssertionError("none of the users has the variant 'link'");
    }

    /** What the page asks for, and which pair of templates was looked for. */
    private void requireEffect(String variant, Answer started) {
        URI link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink();
        String page = RelyingParty.exchange(HttpRequest.newBuilder(link).build()).body();
        if (variant.equals("link")) {
            assertThat(page).contains("value=\"approve\"").doesNotContain("ciba-sign-in");
            assertThat(brokenTemplates()).contains("no-such-pair-with-binding-message");
        } else {
            assertThat(page).contains("ciba-sign-in").doesNotContain("value=\"approve\"");
        }
    }

    private static Set<String> brokenTemplates() {
        Set<String> names = new HashSet<>();
        for (JsonNode event : REALM.admin().events(REALM.name())) {
            if (event.at("/details/ciba_event").asText().equals("template_broken")) {
                names.add(event.at("/details/template").asText());
            }
        }
        return names;
    }

    private static double metric(String variant, String outcome) {
        return Metrics.of(REALM.server())
                .value(
                        "ciba_variants_total",
                        "outcome=\"" + outcome + '"',
                        "policy=\"spread\"",
                        "realm=\"" + REALM.name() + '"',
                        "variant=\"" + variant + '"');
    }
}

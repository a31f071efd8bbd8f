// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An admin asks what in a realm cannot work. */
class ProblemsIT {

    @RegisterExtension static final RealmFixture SOUND = RealmFixture.fresh();

    @RegisterExtension
    static final RealmFixture UNSOUND = RealmFixture.fresh().with(ProblemsIT::contradict);

    /** A realm with each contradiction once. */
    static void contradict(RealmDocument realm) {
        realm.json().remove("smtpServer");
        Policies.removeLoginClient(realm);
        realm.addClient("lost", "lost-secret");
        realm.clientAttribute("lost", "ciba.policies", "gone");
        realm.addClient("unlimited", "unlimited-secret");
        realm.clientAttribute("unlimited", "ciba.notification-policy", "gone");
        realm.addClient("deaf", "deaf-secret");
        realm.component("ciba-policy", "name", "strict", "approvalMode", "login");
        realm.addClient("strict", "strict-secret");
        realm.clientAttribute("strict", "ciba.policies", "strict");
        realm.addClient("kiosk", "kiosk-secret").put("publicClient", true).remove("secret");
        realm.addClient("other-grants", "other-grants-secret");
        realm.clientAttribute("other-grants", "ciba.policies", "gone");
        realm.clientAttribute("other-grants", "oidc.ciba.grant.enabled", "false");
        realm.addClient("switched-off", "switched-off-secret").put("enabled", false);
        realm.clientAttribute("switched-off", "ciba.policies", "gone");
        for (JsonNode client : realm.json().path("clients")) {
            String id = client.path("clientId").asText();
            if (!id.equals("deaf")) {
                realm.clientAttribute(id, "ciba.backchannel.token.delivery.mode", "poll");
            }
        }
    }

    /** What Keycloak would not take as one with the clients that it concerns. */
    static void contradictFurther(AdminApi admin, String realm) {
        admin.updateRealm(
                realm,
                changed ->
                        changed.withObjectProperty("attributes")
                                .put("cibaBackchannelTokenDeliveryMode", "ping"));
    }

    @Test
    void realmAsShippedHasNone() {
        Answer answer = AdminCalls.in(SOUND).get("problems");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("problems")).isEmpty();
        assertThat(answer.json().path("complete").asBoolean()).isTrue();
    }

    @Test
    void eachContradictionIsTheAdminsToRead() {
        contradictFurther(UNSOUND.admin(), UNSOUND.name());

        JsonNode problems = AdminCalls.in(UNSOUND).get("problems").json().path("problems");

        assertThat(problem(problems, "unknown_policy", "lost")).contains("'gone'", "ciba.policies");
        assertThat(problem(problems, "unknown_notification_policy", "unlimited"))
                .contains("ciba.notification-policy");
        assertThat(problem(problems, "no_notification_endpoint", "deaf"))
                .contains("ping mode", "ciba.backchannel.client.notification.endpoint");
        assertThat(problem(problems, "no_login_client", null))
                .contains("'strict'", "ciba.login.client");
        assertThat(problem(problems, "no_mail_server", null)).contains("Realm settings → Email");
        assertThat(problem(problems, "public_client", "kiosk"))
                .contains("public", "client authentication");
        assertThat(problems).hasSize(6);
    }

    private static String problem(JsonNode problems, String kind, String client) {
        List<JsonNode> found =
                AdminCalls.stream(problems)
                        .filter(problem -> problem.path("kind").asText().equals(kind))
                        .toList();
        assertThat(found).as(problems.toString()).hasSize(1);
        assertThat(found.get(0).path("client").asText(null)).isEqualTo(client);
        return found.get(0).path("message").asText();
    }
}

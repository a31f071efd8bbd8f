// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.unaffected;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.suite.OwnServer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server with every option of {@code docs/providers.md}: the JAR is there and all is off. */
@OwnServer
@EnabledIfSystemProperty(
        named = "it.servers",
        matches = "true",
        disabledReason = "builds a server of its own for what rarely changes: -Pservers")
class SwitchedOffIT {

    private static final List<ProviderTable.Row> ROWS = ProviderTable.documented();

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .on(
                            ServerOptions.defaults()
                                    .withBuildOptions(
                                            ROWS.stream()
                                                    .flatMap(row -> row.options().stream())
                                                    .toArray(String[]::new)));

    @Test
    void providersThatAreSwitchedOffAreNotLoaded() {
        JsonNode loaded = REALM.admin().serverInfo().path("providers");

        assertThat(ROWS)
                .filteredOn(row -> row.options().stream().anyMatch(it -> it.endsWith("=false")))
                .isNotEmpty()
                .allSatisfy(
                        row ->
                                assertThat(
                                                loaded.path(row.provider().spi())
                                                        .path("providers")
                                                        .has(row.provider().id()))
                                        .as(row.toString())
                                        .isFalse());
    }

    @Test
    void pathsOfThePackAreNotThere() {
        for (String path : List.of("/as/token", "/ciba/requests", "/one-time-authorization/x")) {
            assertThat(get(path).status()).as(path).isEqualTo(404);
        }
        Answer admin = REALM.admin().call("GET", "/" + REALM.name() + "/ciba/problems", null);
        assertThat(admin.status()).isEqualTo(404);
    }

    @Test
    void mailAndLoginGoOn() {
        Answer asked =
                REALM.admin()
                        .call(
                                "PUT",
                                "/%s/users/%s/send-verify-email"
                                        .formatted(REALM.name(), REALM.userId("alice")),
                                null);
        assertThat(asked.status()).as(asked.body()).isEqualTo(204);
        REALM.mailbox()
                .await(mail -> mail.text().contains("/login-actions/"), Duration.ofSeconds(20));
    }

    @Test
    void keycloaksOwnChannelIsInUse() {
        Answer started =
                REALM.gasPump()
                        .atKeycloakEndpoints()
                        .start(Form.of("scope", "openid", "login_hint", "alice"));

        assertThat(started.status())
                .as("Keycloak's channel has no address here: %s", started.body())
                .isEqualTo(503);
        assertThat(REALM.mailbox().all()).noneMatch(mail -> mail.text().contains("/approve/"));
    }

    private static Answer get(String path) {
        return RelyingParty.exchange(HttpRequest.newBuilder(REALM.url(path)).build());
    }
}

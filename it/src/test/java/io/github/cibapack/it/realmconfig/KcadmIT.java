// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realmconfig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.Servers;
import io.github.cibapack.it.server.Workspace;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script, run by Keycloak's own kcadm.sh. A container brings none for the machine it is on. */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "kcadm.sh is in the container, not on this machine")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a Bash script")
class KcadmIT {

    private static final Path KCADM = Workspace.current().distribution().resolve("bin/kcadm.sh");

    /** For kcadm's JVMs, one for each line of the script. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    @TempDir private Path directory;

    @Test
    void scriptGivesARealmCibaHoweverOftenItRuns() {
        KeycloakServer server = Servers.shared();
        try (ExistingRealm realm = ExistingRealm.plain(server, "ciba-kcadm")) {
            signIn(server);

            assertThat(script(realm))
                    .contains(
                            "Created ciba-policy 'pump'",
                            "Created ciba-notification-policy 'careful'",
                            "Created client 'gas-pump'");
            change(realm, "pump", "expiresIn", "90");
            assertThat(script(realm))
                    .contains(
                            "Updated ciba-policy 'pump'",
                            "Updated ciba-notification-policy 'careful'",
                            "Updated client 'gas-pump'")
                    .doesNotContain("Created ");

            assertThat(policies(realm)).hasSize(2);
            Answer started = realm.approve(realm.relyingParty("gas-pump", "kcadm-secret"));
            assertThat(started.json().path("expires_in").asInt()).isEqualTo(180);
        }
    }

    private void signIn(KeycloakServer server) {
        CommandLine.run(
                Map.of("KC_CLI_PASSWORD", "admin", "KC_OPTS", SHORT_LIVED),
                "bash",
                KCADM.toString(),
                "config",
                "credentials",
                "--config",
                config(),
                "--server",
                server.baseUrl().toString(),
                "--realm",
                "master",
                "--user",
                "admin");
    }

    private String script(ExistingRealm realm) {
        return CommandLine.run(
                Map.of(
                        "KCADM",
                        KCADM.toString(),
                        "KCADM_CONFIG",
                        config(),
                        "CLIENT_SECRET",
                        "kcadm-secret",
                        "KC_OPTS",
                        SHORT_LIVED),
                "bash",
                RealmConfig.file("ciba.kcadm.sh").toString(),
                realm.name());
    }

    private String config() {
        return directory.resolve("kcadm.config").toString();
    }

    private static void change(ExistingRealm realm, String name, String key, String value) {
        for (JsonNode policy : policies(realm)) {
            if (policy.path("config").path("name").path(0).asText().equals(name)) {
                ObjectNode changed = policy.deepCopy();
                changed.withObjectProperty("config").putArray(key).add(value);
                String path = "/components/" + policy.path("id").asText();
                assertThat(realm.call("PUT", path, changed).status()).isEqualTo(204);
            }
        }
    }

    private static JsonNode policies(ExistingRealm realm) {
        String type = "org.keycloak.services.ui.extend.UiPageProvider";
        return realm.call("GET", "/components?type=" + type, null).json();
    }
}

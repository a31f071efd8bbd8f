// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import io.github.cibapack.it.server.Workspace;
import io.github.cibapack.it.suite.OwnServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that lacks what the pack's list of links names. */
@OwnServer
class MissingLinksIT {
    private static final String REALM = "unlinked";
    private static final String LIST = "META-INF/keycloak-ciba-pack/links";
    private static final List<String> INVENTED =
            List.of(
                    "METHOD org/keycloak/models/KeycloakSession inventedCall ()V",
                    "TYPE org/keycloak/models/InventedModel");

    @TempDir Path folder;

    @Test
    void serverStartsSaysWhatIsMissingAndServesAllButThePack() throws Exception {
        ServerOptions options = ServerOptions.defaults().withSwapped(packWith(INVENTED));
        try (KeycloakServer server = Servers.start(options)) {
            RelyingParty pump = prepare(server);
            await("the start-up check")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !lines(server, "ERROR").isEmpty());
            assertThat(lines(server, "ERROR"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains(
                            Workspace.current().keycloakVersion(),
                            "lacks 2 of",
                            "org.keycloak.models.KeycloakSession.inventedCall()",
                            "org.keycloak.models.InventedModel");

            assertOutOfService(pump.start("alice", "Pump 4"));
            assertOutOfService(pump.poll("1c266114-a1be-4700-8ad1-04986c5b9ac1"));
            assertOutOfService(get(server, "/ciba/approve/abc"));
            assertOutOfService(get(server, "/ciba/requests"));
            assertOutOfService(get(server, "/one-time-authorization/transfers"));
            RelyingParty atKeycloak = pump.atKeycloakEndpoints();
            assertOutOfService(atKeycloak.start("alice", "Pump4"));
            assertOutOfService(atKeycloak.poll("1c266114-a1be-4700-8ad1-04986c5b9ac1"));

            assertKeycloaksOwn(server);
            assertThat(get(server, "/account").status()).isEqualTo(200);
        }
    }

    private static void assertKeycloaksOwn(KeycloakServer server) {
        Answer discovery = get(server, "/.well-known/openid-configuration");
        assertThat(discovery.status()).isEqualTo(200);
        JsonNode document = discovery.json();
        assertThat(document.path("backchannel_user_code_parameter_supported").asBoolean())
                .as("what the pack adds")
                .isFalse();
    }

    private Path packWith(List<String> lines) throws IOException {
        Path original = Workspace.current().packJar();
        Path jar = folder.resolve(original.getFileName());
        Files.copy(original, jar);
        try (FileSystem archive =
                FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Path list = archive.getPath("/" + LIST);
            List<String> before = Files.readAllLines(list);
            Files.write(list, lines, StandardOpenOption.TRUNCATE_EXISTING);
            Files.write(list, before, StandardOpenOption.APPEND);
        }
        return jar;
    }

    private static RelyingParty prepare(KeycloakServer server) {
        RealmDocument realm = RealmDocument.shipped().named(REALM).cheap().mailTo("127.0.0.1", 1);
        AdminApi.of(server).createRealm(realm.json());
        return RelyingParty.of(
                server, REALM, "gas-pump", realm.client("gas-pump").path("secret").asText());
    }

    private static Answer get(KeycloakServer server, String path) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(server.url("/realms/" + REALM + path)).build());
    }

    private static void assertOutOfService(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.error()).isEqualTo("server_error");
        assertThat(answer.errorDescription()).contains("does not fit its version of Keycloak");
    }

    private static List<String> lines(KeycloakServer server, String level) {
        return server.logs()
                .lines()
                .filter(line -> line.contains(level + " "))
                .filter(line -> line.contains("[io.github.cibapack.health.LinkReport]"))
                .toList();
    }
}

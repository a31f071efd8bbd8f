// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.FreePort;
import io.github.cibapack.it.server.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * What a reader begins with: a folder with an unpacked Keycloak and the pack's JAR, under the names
 * that the pages use.
 *
 * @param folder where both are
 * @param port where Keycloak will listen
 */
record EmptyKeycloak(Path folder, int port) {

    private static final Duration START = Duration.ofMinutes(8);

    /** For servers and tools that live for a minute. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    /** Keycloak builds anew if the pack's JAR is newer than its build. */
    private static final String KEEPS_TIMES = "cp() { command cp -p \"$@\"; }";

    static EmptyKeycloak unpacked(Path folder) {
        try {
            Workspace workspace = Workspace.current();
            workspace.copyDistributionTo(folder.resolve("keycloak"));
            Files.copy(workspace.packJar(), folder.resolve("keycloak-ciba-pack-0.1.0.jar"));
            Path components = Path.of("realm-config", "components");
            Path demo = Path.of("realm-config", "ciba-demo-realm.json");
            Files.createDirectories(folder.resolve(components));
            Files.copy(DocumentedPages.TOP.resolve(demo), folder.resolve(demo.getFileName()));
            for (Path file : componentsIn(DocumentedPages.TOP.resolve(components))) {
                Files.copy(file, folder.resolve(components).resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EmptyKeycloak(folder, FreePort.any());
    }

    private static List<Path> componentsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    URI url(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** The database goes, as if Keycloak had just been unpacked; what was built stays. */
    void forgetEverything() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("keycloak").resolve("data"))) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    /**
     * A terminal; the port is what a test has other than a reader, and the console's feature is
     * there from the start, so that one build for development is enough.
     */
    Shell shell() {
        Shell shell =
                Shell.in(
                        folder,
                        Map.of(
                                "KC_FEATURES",
                                "declarative-ui",
                                "KC_HTTP_HOST",
                                "127.0.0.1",
                                "KC_HTTP_PORT",
                                String.valueOf(port),
                                "JAVA_OPTS_APPEND",
                                SHORT_LIVED,
                                "JAVA_OPTS_KC_HEAP",
                                "-Xms64m -Xmx512m",
                                "KC_OPTS",
                                SHORT_LIVED + " -Duser.home=" + folder));
        shell.run(KEEPS_TIMES);
        return shell;
    }

    /** A terminal in which a server has been started by these commands, and answers. */
    Shell started(String script) {
        Shell shell = shell();
        Path log = folder.resolve("server.log");
        shell.begin(script, log);
        try {
            Awaitility.await()
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(() -> shell.isOver() || statusOfMaster() == 200);
            assertThat(shell.isOver()).as(() -> DocumentedPages.text(log)).isFalse();
            return shell;
        } catch (RuntimeException | AssertionError e) {
            shell.close();
            throw new AssertionError("It did not start: " + DocumentedPages.text(log), e);
        }
    }

    private int statusOfMaster() {
        return RelyingParty.exchange(HttpRequest.newBuilder(url("/realms/master")).build())
                .status();
    }
}

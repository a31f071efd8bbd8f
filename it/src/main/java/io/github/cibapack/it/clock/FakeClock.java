// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clock;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The remote control of a server's clock. The clock only goes forward, as clocks do. */
public final class FakeClock {
    private static final List<String> CLASSES =
            List.of(
                    "TestClockResource",
                    "TestClockResourceProviderFactory",
                    "TestClockResourceProviderFactory$1");

    private final KeycloakServer server;
    private Duration offset = Duration.ZERO;

    private FakeClock(KeycloakServer server) {
        this.server = server;
    }

    /** The clock of a server that was started with {@link #provider}. */
    public static FakeClock of(KeycloakServer server) {
        return new FakeClock(server);
    }

    /** The provider that a server needs for it, as a JAR in {@code target}. */
    public static Path provider() {
        Path jar = Workspace.current().target().resolve("test-clock.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (String name : CLASSES) {
                String entry = FakeClock.class.getPackageName().replace('.', '/') + "/" + name;
                try (InputStream in = FakeClock.class.getResourceAsStream("/" + entry + ".class")) {
                    add(out, entry + ".class", in.readAllBytes());
                }
            }
            add(
                    out,
                    "META-INF/services/"
                            + "org.keycloak.services.resource.RealmResourceProviderFactory",
                    (FakeClock.class.getPackageName() + ".TestClockResourceProviderFactory")
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    /** Puts the clock forward. */
    public void advance(Duration time) {
        offset = offset.plus(time);
        HttpRequest request =
                HttpRequest.newBuilder(
                                server.url("/realms/master/test-clock/" + offset.toSeconds()))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        Answer answer = RelyingParty.exchange(request);
        if (answer.status() != 200) {
            throw new IllegalStateException("The clock did not move: " + answer.body());
        }
    }

    /** Puts the clock to shortly after the next midnight UTC. */
    public void advanceToNextDay() {
        Instant now = Instant.now().plus(offset);
        Instant midnight = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        advance(Duration.between(now, midnight).plusSeconds(5));
    }

    /** The same JAR for the same classes: a server's build is kept by its providers' bytes. */
    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Where Maven put the files that a server is made of. */
public final class Workspace {

    private final Properties written;

    private Workspace(Properties written) {
        this.written = written;
    }

    /**
     * The workspace of this build, from {@code workspace.properties} and the system properties
     * above it.
     */
    public static Workspace current() {
        Properties written = new Properties();
        try (InputStream in = Workspace.class.getResourceAsStream("/workspace.properties")) {
            written.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Workspace(written);
    }

    /** Keycloak's version, for example {@code 26.7.5}. */
    public String keycloakVersion() {
        return value("it.keycloak.version");
    }

    /** Whether it is of a version, {@code 26.7} for example, or newer. */
    public boolean isKeycloakAtLeast(String version) {
        return Version.parse(keycloakVersion()).compareTo(Version.parse(version)) >= 0;
    }

    /** The realm that the project ships; the tests and the demo import this very file. */
    public Path realmJson() {
        return existing("it.realm.json", "It is part of the repository.");
    }

    /** The gateway configurations that the project ships. */
    public Path gatewayConfigurations() {
        return existing("it.gateway.configurations", "They are part of the repository.");
    }

    String keycloakImage() {
        return value("it.keycloak.image");
    }

    /** The pack as it is built. */
    public Path packJar() {
        return existing("it.pack.jar", "Build it with: ./mvnw -pl providers -am package");
    }

    /**
     * The unit tests of the pack, compiled. They lie beside the JAR of this build, whatever JAR a
     * run has been given instead.
     */
    public Path unitTests() {
        return Path.of(written.getProperty("it.pack.jar")).resolveSibling("test-classes");
    }

    /** The distribution as it was unpacked: its command line tools, for example. */
    public Path distribution() {
        return existing(
                "it.keycloak.dist",
                "Unpack it with: ./mvnw -pl it dependency:unpack@download-keycloak-175-MB-once");
    }

    /** Copies the distribution as it was unpacked; libraries are linked, if the file system can. */
    public void copyDistributionTo(Path home) throws IOException {
        ServerHome.copyDistribution(distribution(), home);
    }

    /** Where builds, logs and generated files go. */
    public Path target() {
        return Path.of(value("it.target"));
    }

    private Path existing(String key, String advice) {
        Path path = Path.of(value(key)).normalize();
        if (!Files.exists(path)) {
            throw new IllegalStateException(
                    "%s is not there (%s). %s".formatted(path, key, advice));
        }
        return path;
    }

    private String value(String key) {
        return System.getProperty(key, written.getProperty(key));
    }
}

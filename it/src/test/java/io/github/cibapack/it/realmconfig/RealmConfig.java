// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realmconfig;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder {@code realm-config} of the repository. */
final class RealmConfig {

    /** Held by classes that import the files as they are: two realms of one name cannot be. */
    static final String NAMES = "the names of the shipped realms";

    private RealmConfig() {}

    static Path file(String name) {
        return Workspace.current().realmJson().resolveSibling(name);
    }

    static ObjectNode json(String name) {
        return json(file(name));
    }

    /** The files with one policy each. */
    static List<ObjectNode> components() {
        try (Stream<Path> files = Files.list(file("components"))) {
            return files.filter(file -> file.getFileName().toString().contains("-policy-"))
                    .sorted()
                    .map(RealmConfig::json)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode json(Path file) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.links;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The class files behind a class loader, each read once. */
public final class ClassFiles {
    private final ClassLoader loader;
    private final Map<String, Optional<ClassShape>> read = new HashMap<>();

    public ClassFiles(ClassLoader loader) {
        this.loader = loader;
    }

    /** The class of this name, {@code org/keycloak/models/ClientModel}; empty if there is none. */
    Optional<ClassShape> find(String name) {
        Optional<ClassShape> known = read.get(name);
        if (known == null) {
            known = isOfJava(name) ? reflect(name) : parse(name);
            read.put(name, known);
        }
        return known;
    }

    static boolean isOfJava(String name) {
        return name.startsWith("java/") || name.startsWith("javax/");
    }

    private static Optional<ClassShape> reflect(String name) {
        try {
            return Optional.of(
                    ClassShape.of(
                            Class.forName(
                                    name.replace('/', '.'),
                                    false,
                                    ClassLoader.getPlatformClassLoader())));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private Optional<ClassShape> parse(String name) {
        try (InputStream file = loader.getResourceAsStream(name + ".class")) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(ClassShape.of(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

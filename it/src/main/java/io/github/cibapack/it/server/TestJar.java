// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A JAR for a server's {@code providers/}, made of texts or classes. */
public final class TestJar {
    private TestJar() {}

    /**
     * Writes a JAR of text files into {@code target}.
     *
     * @param name of the JAR
     * @param texts by the names of their entries
     */
    public static Path of(String name, Map<String, String> texts) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        texts.forEach((entry, text) -> entries.put(entry, text.getBytes(StandardCharsets.UTF_8)));
        return ofBytes(name, entries);
    }

    /**
     * A provider of this module's classes, for a server and never part of the pack.
     *
     * @param service the factory's interface
     * @param factory the factory
     * @param others the further classes of its package that it needs
     */
    public static Path ofProvider(String name, String service, Class<?> factory, String... others) {
        return ofBytes(name, provider(service, factory, others));
    }

    /** The entries of such a JAR, by their names. */
    public static SortedMap<String, byte[]> provider(
            String service, Class<?> factory, String... others) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        String folder = factory.getPackageName() + ".";
        Stream.concat(
                        Stream.of(TestProviderFactory.class, TestProviderFactory.Resource.class)
                                .map(Class::getName),
                        Stream.concat(Stream.of(factory.getSimpleName()), Stream.of(others))
                                .map(folder::concat))
                .map(type -> type.replace('.', '/') + ".class")
                .forEach(entry -> entries.put(entry, bytesOf(entry)));
        entries.put(
                "META-INF/services/" + service, factory.getName().getBytes(StandardCharsets.UTF_8));
        return entries;
    }

    private static byte[] bytesOf(String entry) {
        try (InputStream in = TestJar.class.getResourceAsStream("/" + entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same for any content. The same content makes the same JAR: a server's build is kept by
     * its providers' bytes.
     */
    public static Path ofBytes(String name, SortedMap<String, byte[]> entries) {
        Path target = Workspace.current().target();
        try {
            // a JVM that runs a single test may have none yet
            Files.createDirectories(target);
            // Written aside and moved: another test class may be reading the JAR of this name.
            Path jar = Files.createTempFile(target, name, ".tmp");
            write(jar, entries);
            return Files.move(jar, target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path jar, SortedMap<String, byte[]> entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, byte[]> added : entries.entrySet()) {
                JarEntry entry = new JarEntry(added.getKey());
                entry.setTime(0);
                out.putNextEntry(entry);
                out.write(added.getValue());
                out.closeEntry();
            }
        }
    }
}

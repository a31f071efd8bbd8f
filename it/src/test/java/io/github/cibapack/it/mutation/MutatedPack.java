// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mutation;

import io.github.cibapack.it.server.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * The pack with one rule broken: its source compiled against the server's own libraries.
 *
 * @param classes the classes that differ
 * @param jar the whole pack
 */
record MutatedPack(Path classes, Path jar) {

    /**
     * Breaks a rule.
     *
     * @param directory where to; emptied by the caller
     * @throws IllegalStateException where the mutation does not compile: it proves nothing
     */
    static MutatedPack of(Mutation mutation, Path directory) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        compile(mutation, classes);
        Path original = Workspace.current().packJar();
        Path jar = directory.resolve(original.getFileName());
        Files.copy(original, jar, StandardCopyOption.REPLACE_EXISTING);
        replace(classes, jar);
        return new MutatedPack(classes, jar);
    }

    private static void compile(Mutation mutation, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(classes.toFile()));
            files.setLocation(StandardLocation.CLASS_PATH, libraries());
            boolean compiled =
                    compiler.getTask(
                                    messages,
                                    files,
                                    null,
                                    List.of("--release", "17", "-proc:none"),
                                    null,
                                    List.of(source(mutation)))
                            .call();
            if (!compiled) {
                throw new IllegalStateException(mutation.id() + " does not compile: " + messages);
            }
        }
    }

    private static SimpleJavaFileObject source(Mutation mutation) {
        String text = mutation.mutated();
        URI uri = Mutation.root().resolve(mutation.source()).toUri();
        return new SimpleJavaFileObject(uri, SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** The pack's JAR and all that the server has beside it. */
    static List<File> libraries() throws IOException {
        try (Stream<Path> lib =
                Files.walk(Workspace.current().distribution().resolve("lib").resolve("lib"))) {
            return Stream.concat(
                            Stream.of(Workspace.current().packJar()),
                            lib.filter(file -> file.toString().endsWith(".jar")))
                    .map(Path::toFile)
                    .toList();
        }
    }

    private static void replace(Path classes, Path jar) throws IOException {
        try (FileSystem archive =
                        FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path file : compiled.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        archive.getPath("/" + classes.relativize(file)),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}

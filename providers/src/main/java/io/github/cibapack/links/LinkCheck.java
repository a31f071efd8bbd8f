// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.links;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the JAR does when it is run: it looks whether a Keycloak that does not run has what the pack
 * needs, before an upgrade for example.
 */
public final class LinkCheck {
    private static final int MISSING = 1;
    private static final int UNUSABLE = 2;

    private LinkCheck() {}

    /**
     * Prints what is missing. The exit status is 0 if all is there, 1 if something is missing, 2 if
     * the check could not be made.
     *
     * @param arguments folders and JAR files; of two with the same class the first counts
     */
    public static void main(String... arguments) throws IOException {
        System.exit(run(System.out, arguments));
    }

    static int run(PrintStream out, String... arguments) throws IOException {
        List<URL> jars = new ArrayList<>();
        for (String argument : arguments) {
            jars.addAll(jarsIn(Path.of(argument)));
        }
        if (jars.isEmpty()) {
            out.println(
                    "Usage: java -jar keycloak-ciba-pack.jar <folder of Keycloak or JAR file>...");
            return UNUSABLE;
        }
        try (URLClassLoader server =
                new URLClassLoader(jars.toArray(URL[]::new), LinkCheck.class.getClassLoader())) {
            ServerLinks found = ServerLinks.of(new ClassFiles(server));
            found.lacking().values().stream()
                    .filter(sentence -> !sentence.isEmpty())
                    .forEach(out::println);
            out.printf("%d of %d links are missing%n", found.missing().size(), found.count());
            found.missing().forEach(out::println);
            return found.missing().isEmpty() ? 0 : MISSING;
        }
    }

    private static List<URL> jarsIn(Path path) throws IOException {
        try (Stream<Path> found = Files.walk(path)) {
            List<URL> jars = new ArrayList<>();
            for (Path jar :
                    found.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
                jars.add(jar.toUri().toURL());
            }
            return jars;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.links;

import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the pack's JAR says of a Keycloak when it is run.
 *
 * @param status its exit status
 * @param output what it printed
 */
record LinkCheck(int status, String output) {

    /** Looks at these folders and JAR files. */
    static LinkCheck of(Path... paths) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java"),
                                        Path.of("-jar"),
                                        Workspace.current().packJar()),
                                Stream.of(paths))
                        .map(Path::toString)
                        .toList();
        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new LinkCheck(check.waitFor(), output);
    }

    /** What does not work there, as one line; empty if all does. */
    String limits() {
        return String.join(
                " ",
                output.lines().filter(line -> status != 0 || !line.contains(" links ")).toList());
    }
}

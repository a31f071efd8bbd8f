// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A Chromium that is installed on this machine. */
final class Chromium {

    /** First the one that draws no windows: a page takes it a third of the processor time. */
    private static final List<String> NAMES =
            List.of(
                    "chromium-headless-shell",
                    "chromium",
                    "chromium-browser",
                    "google-chrome",
                    "google-chrome-stable");

    /** Where macOS has it, which is on no PATH. */
    private static final Path MAC =
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private Chromium() {}

    /**
     * The first of: the environment variable CHROME, a known name on the PATH, the usual place on
     * macOS.
     *
     * @param environment the process's environment
     */
    static Optional<Path> installed(Map<String, String> environment) {
        Stream<Path> named = Optional.ofNullable(environment.get("CHROME")).map(Path::of).stream();
        List<String> directories =
                Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                        .filter(directory -> !directory.isEmpty())
                        .toList();
        Stream<Path> onPath =
                NAMES.stream()
                        .flatMap(name -> directories.stream().map(found -> Path.of(found, name)));
        return Stream.of(named, onPath, Stream.of(MAC))
                .flatMap(paths -> paths)
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
    }
}

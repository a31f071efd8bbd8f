// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.suite.AtOnce;
import io.github.cibapack.it.suite.OwnServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody holds as many connections open as the process may have files. */
@EnabledIfSystemProperty(
        named = "it.drills",
        matches = "true",
        disabledReason = "takes minutes and needs PostgreSQL's binaries: ./mvnw -Pdrills")
@EnabledOnOs(value = OS.LINUX, disabledReason = "prlimit is a command of Linux")
@OwnServer
class FileHandlesIT {
    private static final int LEFT = 12;
    private static final int IDLE = 60;
    private static final Pattern LIMIT = Pattern.compile("Max open files +([0-9]+)");

    @RegisterExtension
    static final ServerAndDatabase HERE =
            new ServerAndDatabase(realm -> Situation.prepare(realm, "handles"));

    @Test
    void serverWithoutFileHandlesLosesNothingAndAnswersNothingWrongly() throws Exception {
        Situation situation = Situation.before(HERE, "handles");
        List<Socket> idle = new ArrayList<>();
        long usual = limit();
        limit(openFiles() + LEFT);
        try {
            for (int i = 0; i < IDLE; i++) {
                idle.add(
                        new Socket(
                                InetAddress.getLoopbackAddress(),
                                HERE.server().baseUrl().getPort()));
            }
            AtOnce.run(situation.calls());
        } finally {
            limit(usual);
            for (Socket one : idle) {
                one.close();
            }
        }

        assertThat(HERE.server().logs()).contains("Too many open files");
        situation.nothingWasAnsweredWrongly();
        situation.nothingIsLostAfterwards();
    }

    private static long limit() throws IOException {
        Matcher limit = LIMIT.matcher(Files.readString(ofServer("limits")));
        assertThat(limit.find()).isTrue();
        return Long.parseLong(limit.group(1));
    }

    private static Path ofServer(String file) {
        return Path.of("/proc", Long.toString(HERE.server().process().pid()), file);
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(ofServer("fd"))) {
            return files.count();
        }
    }

    private static void limit(long files) throws IOException, InterruptedException {
        Process prlimit =
                new ProcessBuilder(
                                "prlimit",
                                "--pid=" + HERE.server().process().pid(),
                                "--nofile=" + files + ":")
                        .inheritIO()
                        .start();
        assertThat(prlimit.waitFor()).as("prlimit").isZero();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.suite.AtOnce;
import io.github.cibapack.it.suite.OwnServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The database's disk is full, and the database is the store. */
@EnabledIfSystemProperty(
        named = "it.drills",
        matches = "true",
        disabledReason = "takes minutes and needs PostgreSQL's binaries: ./mvnw -Pdrills")
@EnabledOnOs(value = OS.LINUX, disabledReason = "the small disk is mounted as Linux does it")
@OwnServer
class DiskFullIT {
    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(90);

    private static SmallDisk disk;

    @RegisterExtension
    static final ServerAndDatabase HERE =
            new ServerAndDatabase(realm -> Situation.prepare(realm, "full"), "--features=stateless")
                    .withDataOn(DiskFullIT::data, DiskFullIT::unmount);

    private static Path data() {
        disk = SmallDisk.mounted();
        return disk.folder("data");
    }

    private static void unmount() {
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void fullDiskOfTheDatabaseLosesNothingAndNothingIsAnsweredWrongly() throws Exception {
        Situation situation = Situation.before(HERE, "full");
        disk.fill();
        try {
            long end = System.nanoTime() + UNTIL_NOTICED.toNanos();
            while (situation.unavailable() == 0 && System.nanoTime() - end < 0) {
                AtOnce.run(situation.calls());
            }
        } finally {
            disk.free();
        }

        assertThat(situation.unavailable()).as("calls that were told to come back").isPositive();
        situation.nothingWasAnsweredWrongly();
        situation.nothingIsLostAfterwards();
    }
}

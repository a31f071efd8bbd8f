// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whoever copies {@code providers/target/*.jar} takes the one JAR that is deployed. */
class DeployableJarIT {

    @Test
    void nothingLiesBesideIt() throws IOException {
        Path jar = Workspace.current().packJar();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(jar.getParent(), "*.jar")) {
            assertThat(jars).extracting(Path::getFileName).containsExactly(jar.getFileName());
        }
    }
}

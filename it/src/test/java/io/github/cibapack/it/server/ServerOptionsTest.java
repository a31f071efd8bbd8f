// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerOptionsTest {

    @Test
    void laterOptionTakesThePlaceOfAnEarlierOne() {
        ServerOptions options =
                ServerOptions.defaults()
                        .withBuildOptions("--db=postgres")
                        .withRuntimeOptions("--cache=ispn", "--verbose");

        assertThat(options.allBuildOptions())
                .contains("--db=postgres")
                .doesNotContain("--db=dev-mem");
        assertThat(options.allRuntimeOptions())
                .contains("--cache=ispn", "--verbose")
                .doesNotContain("--cache=local");
    }

    @Test
    void optionsOfSimilarNamesStayApart() {
        ServerOptions options =
                ServerOptions.defaults().withRuntimeOptions("--http-enabled-not=1", "--http=1");

        assertThat(options.allRuntimeOptions())
                .contains("--http-enabled=true", "--http-enabled-not=1", "--http=1");
    }
}

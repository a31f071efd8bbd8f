// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of mutations fits the sources, so that the proof can be run any time. */
class MutationsTest {

    private static final int IMPORTANT_RULES = 20;

    @Test
    void theMostImportantRulesAreThere() {
        assertThat(Mutation.all())
                .hasSizeGreaterThanOrEqualTo(IMPORTANT_RULES)
                .extracting(Mutation::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void docsListTheRulesAsTheyAre() throws IOException {
        String docs = Files.readString(Mutation.root().resolve("docs/testing.md"));

        assertThat(docs.lines().dropWhile(line -> !line.startsWith("<!-- mutations")).skip(3))
                .startsWith(Mutation.all().stream().map(Mutation::row).toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("io.github.cibapack.it.mutation.Mutation#all")
    void whatIsToBeBrokenStandsInItsSourceOnce(Mutation mutation) {
        assertThat(mutation.original().split(Pattern.quote(mutation.text()), -1))
                .as("%s in %s", mutation.text(), mutation.source())
                .hasSize(2);
        assertThat(mutation.mutated()).isNotEqualTo(mutation.original());
    }

    @ParameterizedTest
    @MethodSource("io.github.cibapack.it.mutation.Mutation#all")
    void testOfTheRuleExists(Mutation mutation) throws IOException {
        assertThat(mutation.testSource()).isRegularFile();
        assertThat(Files.readString(mutation.testSource()))
                .containsPattern("void " + mutation.testMethod() + "\\(");
    }
}

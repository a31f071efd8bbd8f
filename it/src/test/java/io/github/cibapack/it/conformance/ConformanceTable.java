// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.conformance;

import io.github.cibapack.it.conformance.ClauseList.Entry;
import io.github.cibapack.it.conformance.ClauseList.Section;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes {@code docs/conformance.md} of the list and the tests. */
final class ConformanceTable {

    private static final String HEAD =
            """
            # Conformance to OpenID Connect CIBA Core 1.0

            *Reference, for security reviewers.* This page lists each sentence of the standard that binds a provider, in our own words, and
            the tests that prove it. It is made from `it/src/test/resources/ciba-core-clauses.tsv` and the annotation `@Clause` on the
            tests. Do not edit it by hand:

            <!-- not run by a test: ClausesTest writes the page with the same property -->
            ```sh
            ./mvnw test -Dtest=ClausesTest -Dsurefire.failIfNoSpecifiedTests=false -Dconformance.write=true
            ```

            The build fails if a binding sentence has no test, if a test names a sentence that is not on the list, or
            if this file is not up to date.
            """;

    private final ClauseList list;
    private final Map<String, Set<String>> tests;

    ConformanceTable(ClauseList list, Map<String, Set<String>> tests) {
        this.list = list;
        this.tests = tests;
    }

    String markdown() {
        return HEAD
                + "\n"
                + summary()
                + list.sections().stream().map(this::section).collect(Collectors.joining());
    }

    private String summary() {
        long binding = list.entries().stream().filter(Entry::isBinding).count();
        long open = list.entries().stream().filter(Entry::isOpen).count();
        long leftOut = list.entries().stream().filter(Entry::isLeftOut).count();
        return """
        | sentences | |
        | --- | --- |
        | proved by a test | %d |
        | open: not built, or without a test yet | %d |
        | not applicable | %d |
        """
                .formatted(binding, open, leftOut);
    }

    private String section(Section section) {
        return "\n## §"
                + section.title()
                + "\n\n| id | level | sentence | proved by |\n| --- | --- | --- | --- |\n"
                + section.entries().stream().map(this::row).collect(Collectors.joining());
    }

    private String row(Entry entry) {
        return "| %s | %s | %s | %s |%n"
                .formatted(entry.id(), entry.level(), entry.statement(), proof(entry))
                .replace("\r\n", "\n");
    }

    private String proof(Entry entry) {
        if (entry.isLeftOut()) {
            return "*not applicable: " + entry.reason() + "*";
        }
        if (entry.isOpen()) {
            return "**open: " + entry.reason() + "**";
        }
        return tests.getOrDefault(entry.id(), Set.of()).stream()
                .map(test -> "`" + test + "`")
                .collect(Collectors.joining("<br>"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.conformance.ClauseList.Entry;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Joins the list of clauses with the tests. */
class ClausesTest {

    private static final ClauseList LIST = ClauseList.read();
    private static final Map<String, Set<String>> TESTS = ClauseTests.byId();

    @Test
    void everyClauseThatBindsTheServerHasATest() {
        assertThat(LIST.entries().stream().filter(Entry::isBinding).map(Entry::id))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(TESTS).containsKey(id));
    }

    @Test
    void everyTestNamesAClauseOfTheList() {
        assertThat(TESTS.keySet()).isSubsetOf(LIST.entries().stream().map(Entry::id).toList());
    }

    @Test
    void whatHasATestIsNotCalledOpen() {
        assertThat(LIST.entries().stream().filter(Entry::isOpen).map(Entry::id))
                .as("set the column 'applies' to yes")
                .doesNotContainAnyElementsOf(TESTS.keySet());
    }

    @Test
    void eachClauseStandsOnceUnderItsSectionAndAppliesOrSaysWhyNot() {
        assertThat(LIST.entries()).extracting(Entry::id).doesNotHaveDuplicates();
        LIST.sections()
                .forEach(
                        section ->
                                assertThat(section.entries())
                                        .allSatisfy(
                                                entry -> {
                                                    assertThat(section.title())
                                                            .startsWith(sectionOf(entry) + " ");
                                                    assertThat(
                                                                    List.of(
                                                                            entry.isBinding(),
                                                                            entry.isOpen(),
                                                                            entry.isLeftOut()))
                                                            .containsOnlyOnce(true);
                                                }));
    }

    @Test
    void documentIsUpToDate() throws IOException {
        Path document =
                Workspace.current()
                        .realmJson()
                        .resolveSibling(Path.of("..", "docs", "conformance.md"))
                        .normalize();
        String expected = new ConformanceTable(LIST, TESTS).markdown();
        if (Boolean.getBoolean("conformance.write")) {
            Files.writeString(document, expected);
        }

        assertThat(document).as("its own text says how to write it anew").hasContent(expected);
    }

    private static String sectionOf(Entry entry) {
        return entry.id().substring(0, entry.id().indexOf('-'));
    }
}

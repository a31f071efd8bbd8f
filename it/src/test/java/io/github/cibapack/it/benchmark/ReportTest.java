// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.benchmark.Results.Row;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportTest {
    private static final Row POLLS = new Row("poll & wait", "calls/s", true);

    @TempDir Path folder;

    @Test
    void medianIsTheOneInTheMiddle() {
        assertThat(new Samples(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5);
        assertThat(new Samples(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
        assertThat(Figures.of(new Samples(List.of(1234.4, 20.0, 0.5))))
                .isEqualTo("20.0 (0.50–1,234)");
    }

    @Test
    void tableTellsTheRatioToTheFirst() throws Exception {
        new Report(folder).write(polls(100, 250), "Measured on");

        assertThat(Files.readString(folder.resolve("README.md")))
                .contains("| poll & wait | calls/s | Keycloak | 100 (100–100) |  |")
                .contains("|  |  | with the pack | 250 (250–250) | 2.50 |")
                .contains("![poll & wait](poll-wait-calls-s.svg)");
    }

    @Test
    void nextRunReplacesTheFiguresAndNothingElse() throws Exception {
        Path page = folder.resolve("README.md");
        Files.writeString(
                page, "# Title\n\n<!-- begin: measured -->\nold\n<!-- end -->\n\n## More\n");

        new Report(folder).write(polls(1, 2), "Measured on");
        new Report(folder).write(polls(3, 4), "Measured on");

        assertThat(Files.readString(page))
                .startsWith("# Title\n\n<!-- begin: measured -->\nMeasured on ")
                .endsWith("<!-- end -->\n\n## More\n")
                .contains("3.00 (3.00–3.00)")
                .doesNotContain("old", "1.00 (1.00–1.00)");
    }

    @Test
    void chartIsXml() throws Exception {
        String chart = BarChart.svg(polls(1, 2), POLLS);

        assertThat(
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new InputSource(new StringReader(chart)))
                                .getElementsByTagName("rect")
                                .getLength())
                .isEqualTo(3);
    }

    private static Results polls(double stock, double pack) {
        Results results = new Results();
        results.note(POLLS, "Keycloak", stock);
        results.note(POLLS, "with the pack", pack);
        return results;
    }
}

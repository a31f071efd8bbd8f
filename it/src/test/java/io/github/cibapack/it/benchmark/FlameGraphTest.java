// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class FlameGraphTest {
    @Test
    void frameTellsItsShareOfAllSamples() {
        FlameGraph graph = new FlameGraph("start");
        graph.add(List.of("ciba.Start.take", "ciba.Limits.count"));
        graph.add(List.of("ciba.Start.take", "ciba.Mail.write"));

        assertThat(graph.svg())
                .contains("<title>ciba.Start.take 100.0 %</title>")
                .contains("<title>ciba.Limits.count 50.0 %</title>");
    }

    @Test
    void graphIsXml() throws Exception {
        FlameGraph graph = new FlameGraph("start & mail");
        graph.add(List.of("ciba.Start.<init>"));

        assertThat(
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new InputSource(new StringReader(graph.svg())))
                                .getDocumentElement()
                                .getTagName())
                .isEqualTo("svg");
    }

    @Test
    void whatIsTooNarrowToBeSeenIsLeftOut() {
        FlameGraph graph = new FlameGraph("start");
        for (int i = 0; i < 999; i++) {
            graph.add(List.of("ciba.Start.take"));
        }
        graph.add(List.of("ciba.Start.seldom"));

        assertThat(graph.svg()).contains("ciba.Start.take").doesNotContain("ciba.Start.seldom");
    }
}

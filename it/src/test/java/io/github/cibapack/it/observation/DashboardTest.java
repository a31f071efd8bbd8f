// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.observation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The shipped dashboard and alerts have the form that Grafana and Prometheus read. */
class DashboardTest {

    /** Of Grafana's grid. */
    private static final int COLUMNS = 24;

    /** Grafana 10, the oldest that reads this form as it is. */
    private static final int SCHEMA = 39;

    private static final Set<String> PANELS = Set.of("timeseries", "stat", "row", "gauge", "table");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]+)}?");
    private static final Pattern DURATION = Pattern.compile("\\d+[smhd]");

    private final JsonNode dashboard = WatchedMetrics.dashboard();

    @Test
    void dashboardHasWhatAnImportNeeds() {
        assertThat(dashboard.path("title").asText()).isNotBlank();
        assertThat(dashboard.path("uid").asText()).matches("[A-Za-z0-9_-]{1,40}");
        assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(SCHEMA);
        assertThat(dashboard.path("id").isMissingNode() || dashboard.path("id").isNull())
                .as("an id of another Grafana would replace the dashboard that has it here")
                .isTrue();
        assertThat(dashboard.at("/time/from").asText()).isNotEmpty();
        assertThat(dashboard.at("/annotations/list").isArray()).isTrue();
        assertThat(dashboard.path("panels")).isNotEmpty();
    }

    /** What Grafana's schema of a time series wants. */
    @Test
    void panelsSayHowTheirLegendsAndTooltipsLook() {
        assertThat(dashboard.path("panels"))
                .allSatisfy(
                        panel -> {
                            JsonNode legend = panel.at("/options/legend");
                            assertThat(legend.path("showLegend").isBoolean()).isTrue();
                            assertThat(legend.path("calcs").isArray()).isTrue();
                            assertThat(legend.path("displayMode").asText()).isIn("list", "table");
                            assertThat(legend.path("placement").asText()).isIn("bottom", "right");
                            assertThat(panel.at("/options/tooltip/mode").asText())
                                    .isIn("single", "multi", "none");
                            assertThat(panel.at("/options/tooltip/sort").asText())
                                    .isIn("none", "asc", "desc");
                        });
    }

    @Test
    void panelsHaveIdsQueriesAndPlaces() {
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            String title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            assertThat(ids.add(panel.path("id").asInt())).as("id of %s", title).isTrue();
            assertThat(panel.path("type").asText()).isIn(PANELS);
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("fieldConfig").path("defaults").isObject()).as(title).isTrue();
            Set<String> references = new HashSet<>();
            for (JsonNode target : panel.path("targets")) {
                assertThat(target.path("expr").asText()).as(title).isNotBlank();
                assertThat(references.add(target.path("refId").asText())).as(title).isTrue();
            }
            assertThat(references).as(title).isNotEmpty();
        }
    }

    @Test
    void panelsStandBesideEachOther() {
        List<int[]> places = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            JsonNode grid = panel.path("gridPos");
            int[] place = {
                grid.path("x").asInt(-1),
                grid.path("y").asInt(-1),
                grid.path("w").asInt(),
                grid.path("h").asInt()
            };
            assertThat(place[0] >= 0 && place[1] >= 0 && place[2] > 0 && place[3] > 0).isTrue();
            assertThat(place[0] + place[2]).isLessThanOrEqualTo(COLUMNS);
            assertThat(places).noneMatch(other -> overlap(place, other));
            places.add(place);
        }
    }

    private static boolean overlap(int[] one, int[] other) {
        return one[0] < other[0] + other[2]
                && other[0] < one[0] + one[2]
                && one[1] < other[1] + other[3]
                && other[1] < one[1] + one[3];
    }

    @Test
    void variablesAreDeclared() {
        List<String> declared =
                StreamSupport.stream(dashboard.at("/templating/list").spliterator(), false)
                        .map(variable -> variable.path("name").asText())
                        .toList();
        assertThat(declared).doesNotHaveDuplicates();
        dashboard
                .findValues("expr")
                .forEach(
                        expression ->
                                assertThat(VARIABLE.matcher(expression.asText()).results())
                                        .allSatisfy(
                                                used ->
                                                        assertThat(declared)
                                                                .contains(used.group(1))));
    }

    @Test
    void alertsAreRulesOfPrometheus() {
        List<Map<String, Object>> alerts = WatchedMetrics.alerts();

        assertThat(alerts).extracting(rule -> rule.get("alert")).doesNotHaveDuplicates();
        assertThat(alerts)
                .allSatisfy(
                        rule -> {
                            assertThat(rule.keySet())
                                    .isSubsetOf("alert", "expr", "for", "labels", "annotations");
                            assertThat(rule.get("alert").toString()).matches("Ciba[A-Za-z]+");
                            assertThat(balanced(rule.get("expr").toString())).isTrue();
                            assertThat(rule.getOrDefault("for", "0s").toString()).matches(DURATION);
                            assertThat(rule.get("labels").toString())
                                    .matches("\\{severity=(critical|warning)}");
                            assertThat(rule.get("annotations").toString()).contains("summary=");
                        });
    }

    private static boolean balanced(String expression) {
        int open = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            open += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
            if (open < 0) {
                return false;
            }
        }
        return open == 0;
    }

    @Test
    void eachAlertIsExplained() throws Exception {
        String page = Files.readString(Path.of("../docs/what-to-watch.md"));

        WatchedMetrics.alerts()
                .forEach(rule -> assertThat(page).contains("`" + rule.get("alert") + "`"));
    }

    @Test
    void metricsAreDocumented() throws Exception {
        String page = Files.readString(Path.of("../docs/audit.md"));

        assertThat(WatchedMetrics.names())
                .hasSizeGreaterThan(8)
                .allSatisfy(
                        name ->
                                assertThat(page)
                                        .contains("`" + name.replaceAll("_bucket$", "") + "`"));
    }
}

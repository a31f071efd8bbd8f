// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.observation;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.rp.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The dashboard and the alert rules as they are shipped. */
final class WatchedMetrics {
    private static final Path FOLDER = Path.of("../docs/grafana");
    private static final Pattern METRIC = Pattern.compile("\\bciba_[a-z_]+");

    private WatchedMetrics() {}

    static JsonNode dashboard() {
        return Json.parse(text("ciba.json"));
    }

    /** The rules of all groups. */
    static List<Map<String, Object>> alerts() {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(text("alerts.yaml"));
        return file.get("groups").stream().flatMap(group -> group.get("rules").stream()).toList();
    }

    /** What panels, variables and alerts ask Prometheus for. */
    static List<String> expressions() {
        List<String> all = new ArrayList<>();
        dashboard().findValues("expr").forEach(expression -> all.add(expression.asText()));
        dashboard()
                .at("/templating/list")
                .forEach(variable -> all.add(variable.path("query").asText()));
        alerts().forEach(rule -> all.add(rule.get("expr").toString()));
        return all;
    }

    static NavigableSet<String> names() {
        NavigableSet<String> names = new TreeSet<>();
        expressions()
                .forEach(
                        text ->
                                METRIC.matcher(text)
                                        .results()
                                        .forEach(found -> names.add(found.group())));
        return names;
    }

    private static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realmconfig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The full realm has every setting that {@code docs/configuration.md} lists. */
class FullRealmTest {

    /** The first column of a table; what the server writes is for nobody to set. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\|(?!.*written by the server)");

    private final ObjectNode realm = RealmConfig.json("ciba-full-realm.json");

    @ParameterizedTest
    @CsvSource({
        "Realm attributes, realm",
        "Client attributes, clients",
        "CIBA policies, ciba-policy",
        "Notification policies, ciba-notification-policy",
        "One-time authorization rules, ciba-one-time-rule",
        "Rejection handlers, ciba-rejection-handler"
    })
    void everySettingIsUsed(String section, String place) throws IOException {
        Set<String> documented = documented(section);

        assertThat(documented).isNotEmpty();
        assertThat(used(place)).containsAll(documented);
    }

    /** The names in the first column of a section's table. */
    private static Set<String> documented(String section) throws IOException {
        String doc = Files.readString(RealmConfig.file("../docs/configuration.md"));
        int start = doc.indexOf("## " + section + "\n");
        assertThat(start).as(section).isNotNegative();
        int end = doc.indexOf("\n## ", start);
        Matcher row = ROW.matcher(doc.substring(start, end < 0 ? doc.length() : end));
        Set<String> names = new TreeSet<>();
        while (row.find()) {
            names.add(row.group(1));
        }
        return names;
    }

    private Set<String> used(String place) {
        Set<String> names = new TreeSet<>();
        switch (place) {
            case "realm" -> realm.path("attributes").fieldNames().forEachRemaining(names::add);
            case "clients" ->
                    each(realm.path("clients"))
                            .forEach(
                                    client ->
                                            client.path("attributes")
                                                    .fieldNames()
                                                    .forEachRemaining(names::add));
            default ->
                    each(realm.path("components").elements().next())
                            .filter(each -> each.path("providerId").asText().equals(place))
                            .forEach(
                                    each ->
                                            each.path("config")
                                                    .fieldNames()
                                                    .forEachRemaining(names::add));
        }
        return names;
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}

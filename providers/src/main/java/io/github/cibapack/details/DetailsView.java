// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.text.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Authorization details for a person: a type that the realm has texts for in its words, and
 * everything that these do not name as it was sent. No value is left out.
 *
 * <p>The texts of a type: {@code cibaDetails.<type>} is its heading, {@code
 * cibaDetails.<type>.fields} the fields in their order, each {@code path} or {@code path:kind}, and
 * {@code cibaDetails.<type>.<path>} the label of one.
 */
public final class DetailsView {
    private static final String PREFIX = "cibaDetails.";

    /** The template that a type has if the realm writes none; its words are texts. */
    private static final Map<String, String> BUILT_IN =
            Map.of(
                    "payment_initiation",
                    "instructedAmount:money creditorName creditorAccount.iban:iban"
                            + " creditorAddress:address debtorAccount.iban:iban"
                            + " requestedExecutionDate:date remittanceInformationUnstructured",
                    "mcp_tool_call",
                    "name");

    private final Texts texts;
    private final ScalarText scalars;

    public DetailsView(Texts texts) {
        this.texts = texts;
        this.scalars =
                new ScalarText(
                        texts.find("cibaDetailsYes").orElse("true"),
                        texts.find("cibaDetailsNo").orElse("false"));
    }

    /** Each entry, in the order of the request. */
    public List<ShownDetail> of(AuthorizationDetails details) {
        return details.entries().stream().map(this::shown).toList();
    }

    private ShownDetail shown(JsonNode entry) {
        String type = entry.get(AuthorizationDetails.TYPE).textValue();
        String key = PREFIX + type;
        Set<String> done = new HashSet<>();
        List<ShownDetail.Field> fields = new ArrayList<>();
        for (String field : template(type)) {
            String path = field.substring(0, (field + ":").indexOf(':'));
            FieldKind kind =
                    FieldKind.named(field.substring(Math.min(field.length(), path.length() + 1)));
            Optional<JsonNode> value = at(entry, path).filter(found -> isFree(path, done));
            value.flatMap(found -> kind.lines(found, scalars, texts.locale()))
                    .ifPresent(
                            lines -> {
                                done.add(path);
                                fields.add(
                                        new ShownDetail.Field(
                                                texts.find(key + "." + path).orElse(path), lines));
                            });
        }
        List<ShownDetail.Field> more = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : entry.properties()) {
            if (!member.getKey().equals(AuthorizationDetails.TYPE)) {
                String name = member.getKey();
                collect(name, name.contains(".") ? null : name, member.getValue(), done, more);
            }
        }
        return new ShownDetail(heading(type, texts), fields, more);
    }

    /** The realm's text for a type, or the type itself. */
    public static String heading(String type, Texts texts) {
        return texts.find(PREFIX + type).orElse(type);
    }

    private List<String> template(String type) {
        return texts
                .find(PREFIX + type + ".fields")
                .or(() -> Optional.ofNullable(BUILT_IN.get(type)))
                .stream()
                .flatMap(text -> Arrays.stream(text.split(" ")))
                .filter(field -> !field.equals(AuthorizationDetails.TYPE))
                .toList();
    }

    private static Optional<JsonNode> at(JsonNode entry, String path) {
        JsonNode node = entry;
        for (String name : path.split("\\.", -1)) {
            // a name with a dot in it would be another one
            node = node.isObject() ? node.path(name) : node.path(-1);
        }
        return Optional.of(node).filter(found -> !found.isMissingNode());
    }

    /** A field is shown once, and neither inside nor around one that is shown. */
    private static boolean isFree(String path, Set<String> done) {
        return done.stream()
                .noneMatch(
                        other ->
                                other.equals(path)
                                        || other.startsWith(path + ".")
                                        || path.startsWith(other + "."));
    }

    /**
     * Adds all that the template has not shown; no deeper than details may be.
     *
     * @param path as templates write it; null below what no template can name
     */
    private void collect(
            String label,
            String path,
            JsonNode value,
            Set<String> done,
            List<ShownDetail.Field> more) {
        if (path != null && done.contains(path)) {
            return;
        }
        Optional<List<String>> lines = scalars.linesOf(value);
        if (lines.isPresent()) {
            more.add(new ShownDetail.Field(label, lines.get()));
        } else if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                String name = member.getKey();
                collect(
                        label + DetailsRules.STEP + name,
                        path == null || name.contains(".") ? null : path + "." + name,
                        member.getValue(),
                        done,
                        more);
            }
        } else {
            for (int i = 0; i < value.size(); i++) {
                collect(label + " [" + (i + 1) + "]", null, value.get(i), done, more);
            }
        }
    }
}

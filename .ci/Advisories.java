// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Looks up each component of an SBOM in a copy of OSV's advisories, without the network: {@code java
 * .ci/Advisories.java <sbom.json> <all.zip>}. A JDK runs it as it is. The copy is OSV's export of
 * the ecosystem Maven, https://osv-vulnerabilities.storage.googleapis.com/Maven/all.zip.
 */
class Advisories {

    private static final Pattern PACKAGE =
            Pattern.compile("\"purl\"\\s*:\\s*\"pkg:maven/([^/\"]+)/([^@\"]+)@([^?\"]+)");

    public static void main(String[] arguments) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        Matcher components = PACKAGE.matcher(Files.readString(Path.of(arguments[0])));
        while (components.find()) {
            versions.put(components.group(1) + ":" + components.group(2), components.group(3));
        }
        if (versions.isEmpty()) {
            throw new IllegalStateException(arguments[0] + " names no package");
        }
        Map<String, TreeSet<String>> found = new TreeMap<>();
        int read = 0;
        try (ZipFile copy = new ZipFile(arguments[1])) {
            for (ZipEntry entry : (Iterable<ZipEntry>) copy.stream().map(e -> (ZipEntry) e)::iterator) {
                if (entry.getName().endsWith(".json")) {
                    read++;
                    look(copy, entry, versions, found);
                }
            }
        }
        if (read == 0) {
            throw new IllegalStateException(arguments[1] + " holds no advisory");
        }
        System.out.println(read + " advisories");
        versions.forEach(
                (name, version) ->
                        System.out.println(
                                name + " " + version + ": "
                                        + (found.containsKey(name) ? found.get(name) : "none known")));
        System.exit(found.isEmpty() ? 0 : 1);
    }

    private static void look(
            ZipFile copy,
            ZipEntry entry,
            Map<String, String> versions,
            Map<String, TreeSet<String>> found)
            throws IOException {
        Map<?, ?> advisory;
        try (InputStream in = copy.getInputStream(entry)) {
            advisory = (Map<?, ?>) new Json(new String(in.readAllBytes(), StandardCharsets.UTF_8)).value();
        }
        if (advisory.containsKey("withdrawn")) {
            return;
        }
        for (Object each : list(advisory.get("affected"))) {
            Map<?, ?> affected = (Map<?, ?>) each;
            Object name = ((Map<?, ?>) affected.get("package")).get("name");
            String version = versions.get(String.valueOf(name));
            if (version != null && isAffected(affected, version)) {
                found.computeIfAbsent(String.valueOf(name), any -> new TreeSet<>())
                        .add(String.valueOf(advisory.get("id")));
            }
        }
    }

    private static boolean isAffected(Map<?, ?> affected, String version) {
        return list(affected.get("versions")).contains(version)
                || list(affected.get("ranges")).stream()
                        .map(range -> (Map<?, ?>) range)
                        .filter(range -> "ECOSYSTEM".equals(range.get("type")))
                        .anyMatch(range -> isIn(list(range.get("events")), version));
    }

    /** Events in the order of their versions: introduced, then fixed or last affected, and so on. */
    private static boolean isIn(List<?> events, String version) {
        boolean in = false;
        for (Object each : events) {
            Map<?, ?> event = (Map<?, ?>) each;
            if (event.get("introduced") instanceof String from && compare(version, from) >= 0) {
                in = true;
            } else if (event.get("fixed") instanceof String to && compare(version, to) >= 0) {
                in = false;
            } else if (event.get("last_affected") instanceof String to && compare(version, to) > 0) {
                in = false;
            }
        }
        return in;
    }

    /** Numbers as numbers; a qualifier such as -RC1 comes before the release. */
    static int compare(String one, String other) {
        String[] ones = one.split("[.-]");
        String[] others = other.split("[.-]");
        for (int i = 0; i < Math.max(ones.length, others.length); i++) {
            int order = comparePart(i < ones.length ? ones[i] : "", i < others.length ? others[i] : "");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int comparePart(String one, String other) {
        return isNumber(one) && isNumber(other)
                ? Long.compare(number(one), number(other))
                : isNumber(one) ? 1 : isNumber(other) ? -1 : one.compareTo(other);
    }

    /** A part that is not there is zero, as in 1.0 and 1.0.0. */
    private static boolean isNumber(String part) {
        return part.matches("[0-9]{0,18}") || part.matches("(?i)final|ga|release");
    }

    private static long number(String part) {
        return part.matches("[0-9]+") ? Long.parseLong(part) : 0;
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** As much of RFC 8259 as a valid document needs. */
    private static final class Json {
        private static final Pattern NUMBER = Pattern.compile("-?[0-9.eE+-]+|true|false|null");
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object value() {
            return switch (next()) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> string();
                default -> word();
            };
        }

        private char next() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.charAt(at);
        }

        private boolean ends(char end) {
            if (next() == ',') {
                at++;
            }
            if (next() != end) {
                return false;
            }
            at++;
            return true;
        }

        private Map<String, Object> object() {
            Map<String, Object> members = new LinkedHashMap<>();
            at++;
            while (!ends('}')) {
                next();
                String name = string();
                next();
                at++;
                members.put(name, value());
            }
            return members;
        }

        private List<Object> array() {
            List<Object> items = new ArrayList<>();
            at++;
            while (!ends(']')) {
                items.add(value());
            }
            return items;
        }

        private String string() {
            StringBuilder read = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\') {
                    at++;
                    if (text.charAt(at) == 'u') {
                        read.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                        at += 4;
                        continue;
                    }
                }
                read.append(text.charAt(at));
            }
            at++;
            return read.toString();
        }

        private Object word() {
            Matcher word = NUMBER.matcher(text).region(at, text.length());
            if (!word.lookingAt()) {
                throw new IllegalStateException("No JSON at " + at);
            }
            at = word.end();
            return word.group();
        }
    }
}

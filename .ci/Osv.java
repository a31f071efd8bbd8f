// SPDX-License-Identifier: Apache-2.0

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Asks OSV about each component of an SBOM: {@code java .ci/Osv.java <sbom.json>}. A JDK runs it as
 * it is. The environment variable OSV_URL names another server than api.osv.dev.
 */
class Osv {

    private static final Pattern PACKAGE = Pattern.compile("\"purl\"\\s*:\\s*\"(pkg:[^\"]+)\"");
    private static final Pattern WEAKNESS =
            Pattern.compile("\"id\"\\s*:\\s*\"((?:GHSA|CVE|MAL|OSV)-[^\"]+)\"");
    private static final String PUBLIC = "https://api.osv.dev";

    public static void main(String[] arguments) throws Exception {
        List<String> packages = packages(Files.readString(Path.of(arguments[0])));
        if (packages.isEmpty()) {
            throw new IllegalStateException(arguments[0] + " names no package");
        }
        String server = System.getenv().getOrDefault("OSV_URL", PUBLIC);
        HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
        boolean sound = true;
        for (String name : packages) {
            TreeSet<String> weaknesses = weaknesses(http, URI.create(server + "/v1/query"), name);
            System.out.println(name + ": " + (weaknesses.isEmpty() ? "none known" : weaknesses));
            sound &= weaknesses.isEmpty();
        }
        System.exit(sound ? 0 : 1);
    }

    /** Of Maven; the parameters of a package URL say nothing that OSV asks for. */
    private static List<String> packages(String sbom) {
        return PACKAGE.matcher(sbom).results()
                .map(found -> found.group(1).replaceFirst("\\?.*", ""))
                .filter(name -> name.startsWith("pkg:maven/"))
                .distinct()
                .sorted()
                .toList();
    }

    private static TreeSet<String> weaknesses(HttpClient http, URI uri, String name)
            throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(30))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"package\": {\"purl\": \"" + name + "\"}}"))
                        .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(uri + " answered " + answer.statusCode());
        }
        TreeSet<String> found = new TreeSet<>();
        WEAKNESS.matcher(answer.body()).results().forEach(each -> found.add(each.group(1)));
        return found;
    }
}

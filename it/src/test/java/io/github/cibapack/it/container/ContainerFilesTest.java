// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Json;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the files for containers say fits together, and fits the rest of the project. */
class ContainerFilesTest {

    private static final Path TOP = Path.of("..");
    private static final Pattern IMAGE =
            Pattern.compile("ghcr\\.io/cibapack/keycloak-ciba-pack:(?:\\$\\{\\w+:-)?([0-9.]+)}?");

    private final JsonNode compose = yaml("compose.yaml").path("services");
    private final JsonNode keycloak = compose.path("keycloak");
    private final JsonNode resource = yaml("docs/kubernetes/keycloak.yaml");
    private final JsonNode values = yaml("docs/kubernetes/values.yaml");

    @Test
    void imageIsOfTheKeycloakThatTheTestsRunOn() throws IOException {
        assertThat(argument("KEYCLOAK_VERSION")).isEqualTo(first("<it.keycloak.version>([^<]+)<"));
        assertThat(lines("FROM "))
                .hasSize(2)
                .allMatch(from -> from.startsWith("FROM ${KEYCLOAK_IMAGE}:${KEYCLOAK_VERSION}"));
    }

    @Test
    void imageTakesTheJarFromWhereItIsBuilt() throws IOException {
        Path pattern = Path.of(argument("PACK"));
        Path built =
                Path.of("providers/target")
                        .resolve("keycloak-ciba-pack-%s.jar".formatted(projectVersion()));

        assertThat(FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(built))
                .as("%s is %s", built, pattern)
                .isTrue();
    }

    @Test
    void imageRunsWithoutPrivilegesAndBuilt() throws IOException {
        List<String> all = Files.readAllLines(TOP.resolve("Dockerfile"));

        assertThat(lines("USER ")).containsExactly("USER 1000");
        assertThat(all).contains("CMD [\"start\", \"--optimized\"]");
        assertThat(lines("RUN ")).allMatch(run -> run.contains("kc.sh build"));
    }

    @Test
    void everyFileNamesTheSameImage() {
        String told = versionIn(keycloak.path("image").asText());

        assertThat(versionIn(resource.path("spec").path("image").asText())).isEqualTo(told);
        assertThat(
                        values.path("image").path("repository").asText()
                                + ":"
                                + values.path("image").path("tag").asText())
                .isEqualTo("ghcr.io/cibapack/keycloak-ciba-pack:" + told);
    }

    @Test
    void composeImportsTheDemosRealmAndCatchesItsMail() {
        String mount = keycloak.path("volumes").path(0).asText();
        JsonNode smtp = RealmDocument.shipped().json().path("smtpServer");
        JsonNode mail = compose.path("mail");

        assertThat(TOP.resolve(mount.substring(0, mount.indexOf(':')))).isRegularFile();
        assertThat(keycloak.path("command"))
                .extracting(JsonNode::asText)
                .contains("--import-realm");
        assertThat(mail.path("network_mode").asText()).isEqualTo("service:keycloak");
        assertThat(smtp.path("host").asText()).isEqualTo("localhost");
        assertThat(mail.path("environment").path("MAILDEV_SMTP_PORT").asText())
                .isEqualTo(smtp.path("port").asText());
    }

    @Test
    void composeIsForThisMachineOnly() {
        for (JsonNode service : compose) {
            for (JsonNode port : service.path("ports")) {
                assertThat(port.asText()).startsWith("127.0.0.1:");
            }
        }
        assertThat(keycloak.path("ports")).hasSize(2);
        assertThat(keycloak.path("environment").path("KC_HOSTNAME").asText())
                .startsWith("http://localhost:");
    }

    @Test
    void consoleOfTheComposedDemoShowsThePack() {
        assertThat(keycloak.path("command"))
                .extracting(JsonNode::asText)
                .contains("--features=declarative-ui")
                .doesNotContain("--optimized");
    }

    @Test
    void operatorStartsWhatIsBuiltAndKnowsTheHostOfLinks() {
        JsonNode spec = resource.path("spec");

        assertThat(resource.path("apiVersion").asText()).isEqualTo("k8s.keycloak.org/v2alpha1");
        assertThat(resource.path("kind").asText()).isEqualTo("Keycloak");
        assertThat(spec.path("startOptimized").asBoolean()).isTrue();
        assertThat(spec.path("db").path("vendor").asText()).isEqualTo("postgres");
        assertThat(spec.path("hostname").path("hostname").asText()).startsWith("https://");
    }

    @Test
    void chartStartsWhatIsBuiltAndKnowsTheHostOfLinks() {
        JsonNode environment =
                Json.MAPPER.valueToTree(new Yaml().<Object>load(values.path("extraEnv").asText()));

        assertThat(values.path("args"))
                .extracting(JsonNode::asText)
                .containsExactly("start", "--optimized");
        assertThat(values.path("http").path("relativePath").asText()).isEqualTo("/");
        assertThat(values.path("database").path("vendor").asText()).isEqualTo("postgres");
        assertThat(environment.findValuesAsText("name")).contains("KC_HOSTNAME");
    }

    private static String versionIn(String image) {
        Matcher found = IMAGE.matcher(image);
        assertThat(found.matches()).as(image).isTrue();
        return found.group(1);
    }

    private static String argument(String name) throws IOException {
        return lines("ARG " + name + "=").get(0).substring(("ARG " + name + "=").length());
    }

    private static List<String> lines(String start) throws IOException {
        return Files.readAllLines(TOP.resolve("Dockerfile")).stream()
                .filter(line -> line.startsWith(start))
                .toList();
    }

    /** The first version in the POM is the project's own. */
    private static String projectVersion() throws IOException {
        return first("<version>([^<]+)<");
    }

    private static String first(String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(TOP.resolve("pom.xml")));
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    private static JsonNode yaml(String file) {
        try {
            return Json.MAPPER.valueToTree(
                    new Yaml().<Object>load(Files.readString(TOP.resolve(file))));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + file, e);
        }
    }
}

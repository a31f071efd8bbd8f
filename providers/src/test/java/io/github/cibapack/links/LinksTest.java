// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
    private static final ClassFiles SERVER = new ClassFiles(LinksTest.class.getClassLoader());

    @Test
    void whatThePackIsCompiledAgainstHasAllLinks() {
        ServerLinks here = ServerLinks.here();

        assertThat(here.missing()).isEmpty();
        assertThat(here.lacking()).isEmpty();
        assertThat(here.count()).isGreaterThan(1000);
    }

    @Test
    void linksOfWhatCanBeDoneWithoutStandApart() {
        List<Links> lists = Links.ofPack();

        assertThat(lists).extracting(Links::user).startsWith("").doesNotHaveDuplicates();
        assertThat(lists)
                .extracting(Links::user)
                .contains("io.github.cibapack.scope.ParameterizedScopes");
        assertThat(lists.get(0).links())
                .extracting(Link::name)
                .doesNotContain("getParameterizedClientScope");
    }

    /** They are under another name in the JAR, so no server has them under this one. */
    @Test
    void noLinkLeadsIntoALibraryThatTheJarBringsAlong() throws IOException {
        List<String> relocated =
                Pattern.compile("<pattern>([\\w.]+)</pattern>")
                        .matcher(Files.readString(Path.of("pom.xml")))
                        .results()
                        .map(found -> found.group(1).replace('.', '/') + "/")
                        .toList();

        assertThat(relocated).isNotEmpty();
        assertThat(Links.ofPack().stream().flatMap(Links::lines))
                .noneMatch(line -> relocated.stream().anyMatch(line::contains));
    }

    @Test
    void listReadsAsItWasWritten() {
        List<Links> lists = Links.ofPack();

        assertThat(Links.parse(lists.stream().flatMap(Links::lines).toList())).isEqualTo(lists);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TYPE org/keycloak/models/KeycloakSession",
                "PARENT org/keycloak/services/resource/RealmResourceProvider",
                "INTERFACE_METHOD org/keycloak/models/ClientModel getClientId ()Ljava/lang/String;",
                // inherited
                "INTERFACE_METHOD org/keycloak/models/ClientModel getName ()Ljava/lang/String;",
                "METHOD org/keycloak/services/ErrorResponseException getMessage"
                        + " ()Ljava/lang/String;",
                "FIELD org/keycloak/OAuth2Constants CODE Ljava/lang/String;",
                "WHOLE io/github/cibapack/links/LinksTest$Complete",
            })
    void whatIsThereIsFound(String line) {
        assertThat(missing(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TYPE org/keycloak/models/Invented",
                "PARENT org/keycloak/common/Version$Invented",
                // a final class
                "PARENT java/lang/String",
                "INTERFACE_METHOD org/keycloak/models/ClientModel getClientId ()I",
                "INTERFACE_METHOD org/keycloak/models/ClientModel getInvented ()Ljava/lang/String;",
                // an interface that was a class, and a class that was an interface
                "METHOD org/keycloak/models/ClientModel getClientId ()Ljava/lang/String;",
                "INTERFACE_METHOD org/keycloak/common/Version getVersion ()V",
                "FIELD org/keycloak/OAuth2Constants CODE I",
                "OVERRIDE org/keycloak/models/ClientModel getInvented ()V",
                // a final method, and a private one
                "OVERRIDE java/lang/Object getClass ()Ljava/lang/Class;",
                "METHOD io/github/cibapack/links/LinksTest$Complete hidden ()V",
                "WHOLE io/github/cibapack/links/LinksTest$Incomplete",
            })
    void whatIsNotThereIsMissed(String line) {
        assertThat(missing(line)).hasSize(1);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(missing("WHOLE io/github/cibapack/links/LinksTest$Incomplete"))
                .containsExactly("java.lang.Runnable.run()V (is new)");
        assertThat(missing("FIELD org/keycloak/OAuth2Constants CODE I"))
                .containsExactly("org.keycloak.OAuth2Constants.CODE");
    }

    private static List<String> missing(String line) {
        return new Links("", "", List.of(Link.of(line))).missingIn(SERVER);
    }

    abstract static class Base implements Runnable {}

    abstract static class Incomplete extends Base {}

    static final class Complete extends Base {
        @Override
        public void run() {
            hidden();
        }

        private void hidden() {
            // called by nobody else
        }
    }
}

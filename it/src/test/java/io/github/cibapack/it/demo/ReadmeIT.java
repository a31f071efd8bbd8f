// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the README says to type works as it stands there. */
class ReadmeIT {
    private static final Path README = Path.of("../README.md");
    private static final String CLIENT = "gas-pump-hint";
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @Test
    void threeLinesOfShellMakeAHintToken() throws IOException, InterruptedException {
        String token = runInShell(tested("hint-token") + "\nprintf %s \"$token\"");
        Answer started =
                REALM.relyingParty(CLIENT)
                        .start(Form.of("scope", "openid", "login_hint_token", token));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
    }

    @Test
    void firstRequestIsTaken() throws IOException, InterruptedException {
        String script = tested("first-request").replaceFirst("ISSUER=\\S+\n", "");

        assertThat(runInShell(script)).contains("auth_req_id");
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Matcher link = LINK.matcher(Files.readString(README));
        Stream<String> dead =
                link.results()
                        .map(found -> found.group(1))
                        .filter(path -> !Files.exists(README.resolveSibling(path)));
        assertThat(dead).isEmpty();
    }

    private static String runInShell(String script) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-euc", script);
        shell.environment().put("CLIENT", CLIENT);
        shell.environment().put("ISSUER", REALM.gasPump().issuer().toString());
        shell.environment()
                .put("SECRET", REALM.admin().client(REALM.name(), CLIENT).path("secret").asText());
        Process process = shell.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    /** The code block behind the mark {@code <!-- tested: name -->}. */
    private static String tested(String name) throws IOException {
        String readme = Files.readString(README);
        int mark = readme.indexOf("<!-- tested: " + name + " -->");
        assertThat(mark).as("the mark in the README").isNotNegative();
        int start = readme.indexOf("```sh\n", mark) + "```sh\n".length();
        return readme.substring(start, readme.indexOf("```", start));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs of {@code docs/relying-parties.md} ask a person, wait, and take a request back. */
class SnippetsIT {
    private static final Path PAGE = DocumentedPages.TOP.resolve("docs/relying-parties.md");
    private static final Duration SOON = Duration.ofSeconds(90);

    /** A program of the page, and how it is run. */
    private enum Snippet {
        CURL("curl.sh", "bash"),
        PYTHON("ciba.py", "python3"),
        JS("ciba.mjs", "node"),
        JAVA("Ciba.java", "java");

        private final String file;
        private final String interpreter;

        Snippet(String file, String interpreter) {
            this.file = file;
            this.interpreter = interpreter;
        }

        String code() {
            if (this == CURL) {
                return DocumentedPages.script("snippet-curl");
            }
            Matcher block =
                    Pattern.compile("(?ms)^```" + name().toLowerCase(Locale.ROOT) + "\n(.*?)^```")
                            .matcher(DocumentedPages.text(PAGE));
            assertThat(block.find()).isTrue();
            return block.group(1);
        }
    }

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                for (Snippet snippet : Snippet.values()) {
                                    realm.addUser(user(snippet, "yes"));
                                    realm.addUser(user(snippet, "silent"));
                                }
                            });

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void personWhoApprovesIsWaitedFor(Snippet snippet) throws Exception {
        String user = user(snippet, "yes");
        Process program = run(snippet, user, "60");

        URI link =
                REALM.mailbox()
                        .await(mail -> mail.to().contains(user + "@ciba-demo.example"), SOON)
                        .magicLink();
        ApprovalForm.decide(link, "approve");

        assertThat(said(program)).isEqualTo("approved");
    }

    @ParameterizedTest
    @EnumSource
    void requestThatIsNotAnsweredIsTakenBack(Snippet snippet) throws Exception {
        Process program = run(snippet, user(snippet, "silent"), "3");

        assertThat(said(program)).isEqualTo("cancelled");
    }

    private static String user(Snippet snippet, String answer) {
        return snippet.name().toLowerCase(Locale.ROOT) + "-" + answer;
    }

    private Process run(Snippet snippet, String user, String patience) throws IOException {
        Path file = Files.writeString(directory.resolve(snippet.file), snippet.code());
        ProcessBuilder program = new ProcessBuilder(snippet.interpreter, file.toString());
        program.environment().put("ISSUER", REALM.url("").toString());
        program.environment().put("CLIENT", "gas-pump");
        program.environment().put("SECRET", REALM.secretOf("gas-pump"));
        program.environment().put("LOGIN_HINT", user);
        program.environment().put("PATIENCE", patience);
        program.redirectErrorStream(true);
        try {
            return program.start();
        } catch (IOException e) {
            return Assumptions.abort(
                    snippet.interpreter + " is not on the PATH: install it to run the snippet");
        }
    }

    private static String said(Process program) throws Exception {
        assertThat(program.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}

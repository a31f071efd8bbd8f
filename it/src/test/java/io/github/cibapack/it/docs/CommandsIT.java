// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the README and the reference say to type works in the demo's realm as it stands there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Bash commands")
class CommandsIT {

    private static final String HINTING = "gas-pump-hint";
    private static final Pattern TOKENS_IN_THE_PAGE =
            Pattern.compile("```json\n(\\{\"access_token\".*?})\n```", Pattern.DOTALL);

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @TempDir private static Path folder;

    private static Shell terminal;

    @BeforeAll
    static void open() {
        terminal = Shell.in(folder, Map.of("ISSUER", REALM.gasPump().issuer().toString()));
    }

    @AfterAll
    static void close() {
        terminal.close();
    }

    @Test
    void readmeLeadsToTokens() throws IOException {
        String asked = DocumentedPages.script("first-request").replaceFirst("ISSUER=\\S+\n", "");

        String tokens = tokensOf(asked, "first-tokens");

        assertThat(members(Json.MAPPER.readTree(tokens)))
                .containsAll(members(Json.MAPPER.readTree(tokensInThePage())));
    }

    @Test
    void requestOfTheReferenceIsTakenAndRedeemed() throws IOException {
        be("gas-pump");
        assertThat(tokensOf(DocumentedPages.script("start"), "poll")).contains("id_token");
    }

    @Test
    void relyingPartyAsksWhereItsRequestStandsAndTakesItBack() throws IOException {
        be("gas-pump");
        String first = json(terminal.run(DocumentedPages.script("idempotent-start")));
        String again = json(terminal.run(DocumentedPages.script("idempotent-start")));
        assertThat(again).isEqualTo(first);
        String id = Json.MAPPER.readTree(first).path("auth_req_id").asText();
        REALM.mailbox().awaitMailFor(id);
        terminal.run("ID=" + id);

        assertThat(terminal.run(DocumentedPages.script("status"))).contains("\"status\"");
        assertThat(terminal.run(DocumentedPages.script("cancel"))).contains("\"cancelled\"");
    }

    @Test
    void threeLinesOfShellMakeAHintToken() {
        be(HINTING);
        String token = terminal.run(DocumentedPages.script("hint-token") + "printf %s \"$token\"");

        Answer started =
                REALM.relyingParty(HINTING)
                        .start(Form.of("scope", "openid", "login_hint_token", token));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
    }

    @Test
    void assertionProvesWhoTheClientIs() {
        be("gas-pump-secret-jwt");

        assertThat(terminal.run(DocumentedPages.script("client-assertion")))
                .contains("auth_req_id");
    }

    private static void be(String client) {
        terminal.run("CLIENT=%s SECRET=%s".formatted(client, REALM.secretOf(client)));
    }

    private static String tokensOf(String asked, String poll) throws IOException {
        JsonNode started = Json.MAPPER.readTree(json(terminal.run(asked)));
        String id = started.path("auth_req_id").asText();
        ApprovalForm.decide(REALM.mailbox().awaitMailFor(id).magicLink(), "approve");
        terminal.run("ID=" + id);
        return json(terminal.run(DocumentedPages.script(poll)));
    }

    /** Without curl's progress. */
    private static String json(String printed) {
        return printed.substring(printed.indexOf('{'), printed.lastIndexOf('}') + 1);
    }

    private static List<String> members(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String tokensInThePage() {
        Matcher found =
                TOKENS_IN_THE_PAGE.matcher(
                        DocumentedPages.text(DocumentedPages.TOP.resolve("docs/endpoints.md")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realmconfig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Servers;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** A realm that is imported lacks nothing that Keycloak gives to one made in the console. */
@ResourceLock(RealmConfig.NAMES)
class WholeRealmIT {

    private static final String PREFIX = "messages_";

    @ParameterizedTest
    @ValueSource(strings = {"ciba-demo", "ciba-full", "ciba-minimal"})
    void everyLanguageOfThePackIsOffered(String name) throws IOException {
        JsonNode realm = json(name);

        assertThat(realm.path("internationalizationEnabled").asBoolean()).isTrue();
        assertThat(realm.path("supportedLocales"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(languages());
    }

    @ParameterizedTest
    @ValueSource(strings = "ciba.config-cli.yaml")
    void fileForConfigCliOffersThemToo(String file) throws IOException {
        Map<String, Object> realm = new Yaml().load(Files.readString(RealmConfig.file(file)));

        assertThat(realm).containsEntry("internationalizationEnabled", true);
        assertThat((List<?>) realm.get("supportedLocales"))
                .map(String::valueOf)
                .containsExactlyInAnyOrderElementsOf(languages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ciba-demo", "ciba-full", "ciba-minimal"})
    void userGetsARefreshTokenThatWorks(String name) {
        try (ExistingRealm realm = ExistingRealm.of(Servers.shared(), json(name))) {
            RelyingParty pump = realm.relyingParty("gas-pump", "gas-pump-secret");
            Answer started =
                    pump.start(Form.of("scope", "openid offline_access", "login_hint", "alice"));
            assertThat(started.status()).as(started.body()).isEqualTo(200);
            ApprovalForm.decide(
                    realm.mailbox().awaitMailFor(started.authReqId()).magicLink(), "approve");
            Answer tokens = pump.pollUntilDecided(started);

            Answer refreshed =
                    pump.send(
                            pump.tokenEndpoint(),
                            Form.of(
                                    "grant_type",
                                    "refresh_token",
                                    "refresh_token",
                                    tokens.text("refresh_token")));

            assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @BrowserTest
    @ValueSource(strings = {"ciba-demo", "ciba-full", "ciba-minimal"})
    void userDecidesInTheListOfRequestsAndSeesTheAccountConsole(String name, Page page) {
        try (ExistingRealm realm = ExistingRealm.of(Servers.shared(), json(name))) {
            RelyingParty pump = realm.relyingParty("gas-pump", "gas-pump-secret");
            Answer started = pump.start("alice", "Pump 4: $50 of gas");
            page.navigate(url(realm, "/ciba/requests"));
            page.click("#ciba-sign-in");
            Policies.signIn(page, "alice");

            page.waitForSelector("ul[aria-labelledby=ciba-pending] a").click();
            PersonAtThePage.press(page, "button[value=approve]");
            page.waitForSelector(".ciba-result-approved");
            assertThat(pump.pollUntilDecided(started).status()).isEqualTo(200);

            page.navigate(url(realm, "/account/"));
            page.waitForSelector("input[name=email]");
            assertThat(page.inputValue("input[name=email]")).startsWith("alice@");
        }
    }

    private static ObjectNode json(String name) {
        return RealmConfig.json(name + "-realm.json");
    }

    private static String url(ExistingRealm realm, String path) {
        return realm.server().url("/realms/" + realm.name() + path).toString();
    }

    /** As realms write them: those that the pack's texts are translated into. */
    private static List<String> languages() throws IOException {
        Path texts =
                Workspace.current()
                        .realmJson()
                        .resolve("../../themes/src/main/resources/theme-resources/messages");
        try (Stream<Path> files = Files.list(texts.normalize())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(PREFIX))
                    .map(file -> file.substring(PREFIX.length(), file.indexOf('.')))
                    .map(language -> language.replace('_', '-'))
                    .toList();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clientauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that does not authenticate neither starts nor redeems, whichever pair of endpoints it
 * calls and whichever channel asks its users (CVE-2026-109082).
 */
class PublicClientIT {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(PublicClientIT::addClients);

    private static void addClients(RealmDocument realm) {
        for (String channel : new String[] {"email", "http", "inbox"}) {
            realm.component("ciba-policy", "name", "by-" + channel, "channel", channel);
            String kiosk = "kiosk-" + channel;
            realm.addClient(kiosk, kiosk + "-secret").put("publicClient", true).remove("secret");
            realm.clientAttribute(kiosk, "ciba.policies", "by-" + channel);
        }
        for (String client : new String[] {"turned-true", "turned-false", "waiting-true"}) {
            realm.addClient(client, client + "-secret");
        }
        realm.addClient("waiting-false", "waiting-false-secret");
        realm.addClient("guarded", "guarded-secret").put("bearerOnly", true);
    }

    @ParameterizedTest
    @CsvSource({
        "kiosk-email, true",
        "kiosk-email, false",
        "kiosk-http, true",
        "kiosk-http, false",
        "kiosk-inbox, true",
        "kiosk-inbox, false"
    })
    @Clause("7.1-1")
    void publicClientStartsNothing(String client, boolean documented) {
        Answer refused = at(documented, client).withoutSecret().start("alice", message());

        assertRefused(refused);
        assertThat(refused.authReqId()).isEmpty();
        assertThat(events("refused", client))
                .anyMatch(
                        details ->
                                refused.errorDescription()
                                                .contains(
                                                        details.path("correlation_id").asText("?"))
                                        || !documented);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Clause("10.1-1")
    void clientThatHasBecomePublicIsNotTakenForItsFormerSelf(boolean documented) {
        String client = "turned-" + documented;
        String message = message();
        Answer started = at(documented, client).start("alice", message);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        MailReader.approves(mailWith(message));
        setPublic(client, true);

        Answer refused = at(documented, client).withoutSecret().poll(started.authReqId());
        assertRefused(refused);
        assertThat(refused.text("access_token")).isEmpty();
        assertThat(events("redemption_refused", client))
                .anyMatch(details -> details.path("reason").asText().equals("public_client"));

        setPublic(client, false);
        Answer tokens = at(documented, client).poll(started.authReqId());
        assertThat(tokens.status()).as("nothing was used up: " + tokens.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void publicClientIsToldNothingOfAPendingRequest(boolean documented) {
        String client = "waiting-" + documented;
        Answer started = at(documented, client).start("alice", message());
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        setPublic(client, true);

        assertRefused(at(documented, client).withoutSecret().poll(started.authReqId()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void confidentialClientIsNotServedByItsIdAlone(boolean documented) {
        RelyingParty idOnly = at(documented, "gas-pump").withoutSecret();

        assertThat(idOnly.start("alice", message()).status()).isEqualTo(401);
        assertThat(idOnly.poll(UUID.randomUUID().toString()).status()).isEqualTo(401);
        assertThat(at(documented, "gas-pump").withSecret("").start("alice", message()).status())
                .isEqualTo(401);
    }

    @NeedsKeycloak(
            value = "26.7",
            because = "before, Keycloak's own endpoint says unauthorized_client")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bearerOnlyClientIsRefused(boolean documented) {
        RelyingParty guarded = at(documented, "guarded");

        for (Answer answer :
                new Answer[] {
                    guarded.start("alice", message()), guarded.poll(UUID.randomUUID().toString())
                }) {
            assertThat(answer.status()).as(answer.body()).isIn(400, 401);
            assertThat(answer.error()).as(answer.body()).isIn("invalid_client");
        }
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo("invalid_client");
        assertThat(answer.errorDescription()).startsWith("Public clients cannot use CIBA");
    }

    private static Stream<JsonNode> events(String step, String client) {
        return Awaitility.await("the event " + step)
                .atMost(TIME_LIMIT)
                .until(
                        () ->
                                REALM.admin().events(REALM.name()).stream()
                                        .filter(
                                                event ->
                                                        event.path("clientId")
                                                                .asText()
                                                                .equals(client))
                                        .map(event -> event.path("details"))
                                        .filter(
                                                details ->
                                                        details.path("ciba_event")
                                                                .asText()
                                                                .equals(step))
                                        .toList(),
                        found -> !found.isEmpty())
                .stream();
    }

    private static void setPublic(String client, boolean value) {
        REALM.admin()
                .updateClient(REALM.name(), client, changed -> changed.put("publicClient", value));
        if (!value) {
            REALM.admin()
                    .updateClient(
                            REALM.name(),
                            client,
                            changed -> changed.put("secret", client + "-secret"));
        }
    }

    private static RelyingParty at(boolean documented, String client) {
        RelyingParty party =
                RelyingParty.of(REALM.server(), REALM.name(), client, client + "-secret");
        return documented ? party : party.atKeycloakEndpoints();
    }

    private static ReceivedMail mailWith(String message) {
        return REALM.mailbox().await(mail -> mail.mentions(message), TIME_LIMIT);
    }

    private static String message() {
        return "P" + UUID.randomUUID().toString().substring(0, 8);
    }
}

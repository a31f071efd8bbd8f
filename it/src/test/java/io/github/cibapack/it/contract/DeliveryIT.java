// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static io.github.cibapack.it.contract.Documented.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.mail.ScriptedSmtp.Mood;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.server.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mail that cannot be delivered ends its request; the relying party is not kept waiting. */
class DeliveryIT {

    /** Well under what a mail server that does not answer costs. */
    private static final Duration QUICK = Duration.ofSeconds(5);

    /** The mail is tried again for as long as that makes sense. */
    private static final Form SHORT_LIVED =
            Form.of("scope", "openid", "login_hint", "alice", "requested_expiry", "20");

    private static final ScriptedSmtp REFUSING =
            ScriptedSmtp.start().become(Mood.UNKNOWN_RECIPIENT);
    private static final ServerSocket SILENT = silent();

    @RegisterExtension
    static final RealmFixture NOBODY_LISTENS =
            RealmFixture.fresh().with(realm -> realm.mailTo("127.0.0.1", FreePort.any()));

    @RegisterExtension
    static final RealmFixture NO_ANSWER =
            RealmFixture.fresh()
                    .with(
                            realm ->
                                    realm.mailTo("127.0.0.1", SILENT.getLocalPort())
                                            .json()
                                            .withObjectProperty("smtpServer")
                                            .put("timeout", "1000"));

    @RegisterExtension
    static final RealmFixture RECIPIENT_REFUSED =
            RealmFixture.fresh().with(realm -> realm.mailTo("127.0.0.1", REFUSING.port()));

    @RegisterExtension
    static final RealmFixture NO_MAIL_SERVER =
            RealmFixture.fresh().with(realm -> realm.json().remove("smtpServer"));

    @AfterAll
    static void close() throws IOException {
        REFUSING.close();
        SILENT.close();
    }

    static Stream<Named<RealmFixture>> broken() {
        return Stream.of(
                Named.of("nobody listens", NOBODY_LISTENS),
                Named.of("the server does not answer", NO_ANSWER),
                Named.of("the recipient is refused", RECIPIENT_REFUSED));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void undeliverableMailEndsTheRequest(RealmFixture realm) {
        long before = System.nanoTime();
        Answer started = realm.gasPump().start(SHORT_LIVED);
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(took).isLessThan(QUICK);

        Answer poll = realm.gasPump().pollUntilDecided(started);

        assertRefusal(poll, 400, "access_denied");
        assertThat(poll.errorDescription()).contains("could not be delivered");
        JsonNode event = sendFailed(realm, started);
        assertThat(event.path("error").asText()).isEqualTo("email_send_failed");
        assertThat(event.path("clientId").asText()).isEqualTo("gas-pump");
        assertThat(event.path("userId").asText()).isEqualTo(realm.userId("alice"));
        assertThat(event.path("details").path("channel").asText()).isEqualTo("email");
        assertThat(event.path("details").path("reason").asText()).isNotEmpty();
        assertThat(event.path("details").path("correlation_id").asText())
                .isEqualTo(Documented.correlationId(started));
        assertThat(event.toString()).doesNotContain("@");
    }

    @Test
    void withoutMailServerNothingIsStored() {
        Answer answer = NO_MAIL_SERVER.gasPump().start("alice", "Pump 4");

        assertRefusal(answer, 503, "server_error");
        assertThat(NO_MAIL_SERVER.admin().events(NO_MAIL_SERVER.name()))
                .extracting(event -> event.path("details").path("ciba_event").asText())
                .containsExactly("refused");
    }

    @Test
    void withoutMailServerKeycloaksEndpointSaysSoToo() {
        Answer answer = NO_MAIL_SERVER.gasPump().atKeycloakEndpoints().start("alice", "Pump-4");

        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.error()).isEqualTo("server_error");
        assertThat(answer.errorDescription()).contains("(Correlation ID: ");
    }

    private static JsonNode sendFailed(RealmFixture realm, Answer started) {
        List<JsonNode> failed =
                realm.admin().events(realm.name(), "AUTHREQID_TO_TOKEN_ERROR").stream()
                        .filter(e -> detail(e, "ciba_event").equals("send_failed"))
                        .filter(e -> detail(e, "auth_req_id").equals(started.authReqId()))
                        .toList();
        assertThat(failed).hasSize(1);
        return failed.get(0);
    }

    private static String detail(JsonNode event, String name) {
        return event.path("details").path(name).asText();
    }

    /** Takes connections, as its backlog does, and never says a word. */
    private static ServerSocket silent() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

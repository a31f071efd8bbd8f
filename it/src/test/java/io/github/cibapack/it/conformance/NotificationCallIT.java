// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.NotificationEndpoint;
import io.github.cibapack.it.rp.RelyingParty;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the server calls a client's notification endpoint, and which it does not call. */
class NotificationCallIT {

    private static final String PUMP = "ping-pump";
    private static final NotificationEndpoint ENDPOINT = NotificationEndpoint.start();

    @RegisterExtension
    static final RealmFixture OVER_HTTP =
            RealmFixture.fresh()
                    .with(NotificationCallIT::addPump)
                    .with(realm -> realm.attribute("ciba.outbound.allow-http", "true"));

    @RegisterExtension
    static final RealmFixture OVER_TLS_ONLY =
            RealmFixture.fresh().with(NotificationCallIT::addPump);

    private static void addPump(RealmDocument realm) {
        realm.attribute("ciba.outbound.allow-private", "true");
        realm.addClient(PUMP, PUMP + "-secret");
        realm.clientAttribute(PUMP, "ciba.backchannel.token.delivery.mode", "ping");
        realm.clientAttribute(
                PUMP, "ciba.backchannel.client.notification.endpoint", ENDPOINT.url().toString());
    }

    @AfterAll
    static void stop() {
        ENDPOINT.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    @Clause("10.2-3")
    void anyAnswerOf2xxIsGood(int status) {
        ENDPOINT.answerNext(status);

        Answer started = approved(OVER_HTTP);

        awaitEvent(OVER_HTTP, started, "pinged");
        assertThat(ENDPOINT.pings(started.authReqId())).hasSize(1);
    }

    @Test
    @Clause({"9-2", "14-4"})
    void endpointWithoutTlsIsNotCalledUnlessTheRealmAllowsIt() {
        Answer started = approved(OVER_TLS_ONLY);

        JsonNode event = awaitEvent(OVER_TLS_ONLY, started, "ping_failed");
        assertThat(event.path("details").path("reason").asText()).isEqualTo("scheme_not_allowed");
        assertThat(ENDPOINT.pings(started.authReqId())).isEmpty();
        assertThat(pump(OVER_TLS_ONLY).poll(started.authReqId()).status()).isEqualTo(200);
    }

    private static RelyingParty pump(RealmFixture realm) {
        return realm.relyingParty(PUMP).withSecretInBody();
    }

    private static Answer approved(RealmFixture realm) {
        Answer started =
                pump(realm)
                        .start(
                                Form.of(
                                        "scope",
                                        "openid",
                                        "login_hint",
                                        "alice",
                                        "client_notification_token",
                                        "8d67dc78-7faa-4d41-aabd-67707b374255"));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        MailReader.approves(realm.mailbox().awaitMailFor(started.authReqId()));
        return started;
    }

    private static JsonNode awaitEvent(RealmFixture realm, Answer started, String step) {
        return Awaitility.await("event " + step)
                .atMost(Duration.ofSeconds(30))
                .until(() -> events(realm, started, step), found -> !found.isEmpty())
                .get(0);
    }

    private static List<JsonNode> events(RealmFixture realm, Answer started, String step) {
        return realm.admin().events(realm.name()).stream()
                .filter(event -> event.path("details").path("ciba_event").asText().equals(step))
                .filter(
                        event ->
                                event.path("details")
                                        .path("auth_req_id")
                                        .asText()
                                        .equals(started.authReqId()))
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clientauth;

import static io.github.cibapack.it.clientauth.KeyHolder.TIME_LIMIT;
import static io.github.cibapack.it.clientauth.KeyHolder.WITH;
import static io.github.cibapack.it.clientauth.KeyHolder.WITHOUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.HttpsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client whose tokens are bound to a key must prove that it holds the key before a poll is told
 * anything (RFC 8705 §3, RFC 9449 §5), whether an attribute or a client policy asks for it.
 */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the key files are on this machine, not in the container")
class PollChecksIT {

    /** Bound to a certificate by the client's own attribute. */
    @RegisterExtension
    static final RealmFixture BY_ATTRIBUTE =
            RealmFixture.fresh()
                    .sharing(HttpsServer::shared)
                    .with(
                            realm ->
                                    addClient(realm)
                                            .put(
                                                    "tls.client.certificate.bound.access.tokens",
                                                    "true"));

    /** Bound to a certificate by a policy of the realm alone. */
    @RegisterExtension
    static final RealmFixture BY_POLICY =
            RealmFixture.fresh()
                    .sharing(HttpsServer::shared)
                    .with(PollChecksIT::addClient)
                    .with(realm -> enforce(realm, "holder-of-key-enforcer"));

    @RegisterExtension
    static final RealmFixture DPOP_BY_ATTRIBUTE =
            RealmFixture.fresh()
                    .sharing(HttpsServer::shared)
                    .with(realm -> addClient(realm).put("dpop.bound.access.tokens", "true"));

    @RegisterExtension
    static final RealmFixture DPOP_BY_POLICY =
            RealmFixture.fresh()
                    .sharing(HttpsServer::shared)
                    .with(PollChecksIT::addClient)
                    .with(realm -> enforce(realm, "dpop-bind-enforcer"));

    private static ObjectNode addClient(RealmDocument realm) {
        return realm.addClient("bound-pump", "bound-pump-secret").withObjectProperty("attributes");
    }

    private static void enforce(RealmDocument realm, String executor) {
        ObjectNode profile =
                realm.json()
                        .withObjectProperty("clientProfiles")
                        .withArrayProperty("profiles")
                        .addObject()
                        .put("name", "bound");
        profile.putArray("executors")
                .addObject()
                .put("executor", executor)
                .putObject("configuration")
                .put("auto-configure", false);
        ObjectNode policy =
                realm.json()
                        .withObjectProperty("clientPolicies")
                        .withArrayProperty("policies")
                        .addObject()
                        .put("name", "bound")
                        .put("enabled", true);
        policy.putArray("conditions")
                .addObject()
                .put("condition", "any-client")
                .putObject("configuration");
        policy.putArray("profiles").add("bound");
    }

    private enum Decision {
        NONE("authorization_pending"),
        DENY("access_denied"),
        APPROVE("");

        private final String error;

        Decision(String error) {
            this.error = error;
        }
    }

    static Stream<Arguments> everyStateAtBothEndpoints() {
        List<Arguments> all = new ArrayList<>();
        for (Decision decision : Decision.values()) {
            for (boolean documented : new boolean[] {true, false}) {
                all.add(Arguments.of(decision, documented));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everyStateAtBothEndpoints")
    void stateIsNotToldWithoutTheCertificateThatAnAttributeAsksFor(
            Decision decision, boolean documented) {
        Request request = Request.in(BY_ATTRIBUTE, decision, documented);

        assertRefused(request.poll(WITHOUT, null), "invalid_request", "Client Certification");
        request.assertAnswered(request.poll(WITH, null));
    }

    @ParameterizedTest
    @MethodSource("everyStateAtBothEndpoints")
    void stateIsNotToldWithoutTheCertificateThatAPolicyAsksFor(
            Decision decision, boolean documented) {
        Request request = Request.in(BY_POLICY, decision, documented);

        assertRefused(request.poll(WITHOUT, null), "invalid_grant", "Client Certification");
        request.assertAnswered(request.poll(WITH, null));
    }

    @ParameterizedTest
    @MethodSource("everyStateAtBothEndpoints")
    void stateIsNotToldWithoutAProofAndAProofIsGoodForOnePoll(
            Decision decision, boolean documented) {
        Request request = Request.in(DPOP_BY_ATTRIBUTE, decision, documented);
        String proof = DpopKey.generate().proof(request.tokenEndpoint());

        // RFC 9449 §5
        String error = documented ? "invalid_dpop_proof" : "invalid_request";
        assertRefused(request.poll(WITHOUT, null), error, "DPoP proof is missing");
        request.assertAnswered(request.poll(WITHOUT, proof));
        assertRefused(request.poll(WITHOUT, proof), error, "DPoP");
    }

    @ParameterizedTest
    @MethodSource("everyStateAtBothEndpoints")
    void stateIsNotToldWithoutTheProofThatAPolicyAsksFor(Decision decision, boolean documented) {
        Request request = Request.in(DPOP_BY_POLICY, decision, documented);

        assertRefused(request.poll(WITHOUT, null), "invalid_grant", "DPoP proof is missing");
        request.assertAnswered(
                request.poll(WITHOUT, DpopKey.generate().proof(request.tokenEndpoint())));
    }

    /** A request of the client, decided or not. */
    private record Request(
            RealmFixture realm, boolean documented, Decision decision, String authReqId) {

        static Request in(RealmFixture realm, Decision decision, boolean documented) {
            String message = "P" + UUID.randomUUID().toString().substring(0, 8);
            Answer started =
                    post(
                            WITH,
                            realm.url(
                                    documented
                                            ? "/as/cibaAuthorization"
                                            : "/protocol/openid-connect/ext/ciba/auth"),
                            Form.of("scope", "openid", "login_hint", "alice")
                                    .and("binding_message", message),
                            null);
            assertThat(started.status()).as(started.body()).isEqualTo(200);
            if (decision != Decision.NONE) {
                MailReader.decides(
                        decision.name().toLowerCase(Locale.ROOT),
                        realm.mailbox()
                                .await(mail -> mail.mentions(message), TIME_LIMIT)
                                .magicLink(),
                        WITHOUT);
            }
            return new Request(realm, documented, decision, started.authReqId());
        }

        URI tokenEndpoint() {
            return realm.url(documented ? "/as/token" : "/protocol/openid-connect/token");
        }

        Answer poll(HttpClient http, String proof) {
            return post(
                    http,
                    tokenEndpoint(),
                    Form.of("grant_type", RelyingParty.GRANT_TYPE, "auth_req_id", authReqId),
                    proof);
        }

        /** As the state wants it: refused polls have taken nothing. */
        void assertAnswered(Answer answer) {
            assertThat(answer.error()).as(answer.body()).isEqualTo(decision.error);
            assertThat(answer.text("access_token").isEmpty())
                    .isEqualTo(decision != Decision.APPROVE);
        }

        private static Answer post(HttpClient http, URI uri, Form form, String proof) {
            Form credentials =
                    Form.of("client_id", "bound-pump", "client_secret", "bound-pump-secret");
            return KeyHolder.post(http, uri, form.and(credentials), KeyHolder.dpop(proof));
        }
    }

    private static void assertRefused(Answer answer, String error, String sentence) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).as(answer.body()).isEqualTo(error);
        assertThat(answer.errorDescription()).startsWith(sentence);
    }
}

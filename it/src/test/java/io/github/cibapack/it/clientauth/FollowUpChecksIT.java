// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clientauth;

import static io.github.cibapack.it.clientauth.KeyHolder.WITH;
import static io.github.cibapack.it.clientauth.KeyHolder.WITHOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.server.HttpsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call about a request asks for what a poll asks for (RFC 8705 §3, RFC 9449 §5). */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the key files are on this machine, not in the container")
class FollowUpChecksIT {
    private static final String CLIENT = "bound-pump";

    @RegisterExtension
    static final RealmFixture CERTIFICATE = realm("tls.client.certificate.bound.access.tokens");

    @RegisterExtension static final RealmFixture DPOP = realm("dpop.bound.access.tokens");

    private static RealmFixture realm(String binding) {
        return RealmFixture.fresh()
                .sharing(HttpsServer::shared)
                .with(
                        realm ->
                                realm.addClient(CLIENT, CLIENT + "-secret")
                                        .withObjectProperty("attributes")
                                        .put(binding, "true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "cancel"})
    void withoutTheKeyNothingIsToldOrEnded(String call) {
        Form request = started(CERTIFICATE);
        URI uri = CERTIFICATE.url("/as/" + call);

        Answer refused = post(WITHOUT, uri, request, null);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(refused.errorDescription())
                .startsWith("Client Certification")
                .contains("(Correlation ID: ");
        Answer unknown = post(WITHOUT, uri, Form.of("auth_req_id", "unknown"), null);
        assertThat(unknown.error()).isEqualTo(refused.error());
        assertThat(post(WITH, uri, request, null).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "cancel"})
    void withoutAProofForThisAddressNothingIsToldOrEnded(String call) {
        Form request = started(DPOP);
        URI uri = DPOP.url("/as/" + call);
        DpopKey key = DpopKey.generate();

        Answer without = post(WITHOUT, uri, request, null);
        Answer foreign = post(WITHOUT, uri, request, key.proof(DPOP.url("/as/token")));
        assertThat(List.of(without, foreign))
                .allMatch(answer -> answer.status() == 400)
                .allMatch(answer -> answer.error().equals("invalid_dpop_proof"));
        Answer answer = post(WITHOUT, uri, request, key.proof(uri));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static Form started(RealmFixture realm) {
        Answer started =
                post(
                        WITH,
                        realm.url("/as/cibaAuthorization"),
                        Form.of("scope", "openid", "login_hint", "alice"),
                        null);
        return Form.of("auth_req_id", started.accepted().authReqId());
    }

    private static Answer post(HttpClient http, URI uri, Form form, String proof) {
        Form credentials = Form.of("client_id", CLIENT, "client_secret", CLIENT + "-secret");
        return KeyHolder.post(http, uri, form.and(credentials), KeyHolder.dpop(proof));
    }
}

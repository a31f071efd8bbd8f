// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clientauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.ClientCertificate;
import io.github.cibapack.it.server.HttpsServer;
import io.github.cibapack.it.server.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens of a poll that has waited are bound to what the poll came with. */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the key files are on this machine, not in the container")
class LongPollBindingIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final ClientCertificate OWN =
            HttpsServer.certificates().identity("CN=bound-pump,O=CIBA Demo");
    private static final HttpClient WITH = HttpsServer.http(OWN.context());
    private static final HttpClient WITHOUT =
            HttpsServer.http(HttpsServer.certificates().anonymous());

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .sharing(HttpsServer::shared)
                    .with(LongPollBindingIT::addBoundClients);

    private static void addBoundClients(RealmDocument realm) {
        realm.addClient("cert-pump", "cert-pump-secret");
        realm.clientAttribute("cert-pump", "tls.client.certificate.bound.access.tokens", "true");
        realm.addClient("dpop-pump", "dpop-pump-secret");
        realm.clientAttribute("dpop-pump", "dpop.bound.access.tokens", "true");
        realm.addUser("cora");
        realm.addUser("dora");
    }

    @Test
    void certificateOfThePoll() throws ParseException {
        Answer tokens = approvedWhileWaiting(WITH, "cert-pump", "cora");

        assertThat(confirmation(tokens)).containsEntry("x5t#S256", OWN.thumbprint());
    }

    @Test
    void keyOfTheProofOfThePoll() throws Exception {
        DpopKey key = DpopKey.generate();

        Answer tokens =
                approvedWhileWaiting(
                        WITHOUT, "dpop-pump", "dora", "DPoP", key.proof(tokenEndpoint()));

        assertThat(tokens.text("token_type")).isEqualTo("DPoP");
        assertThat(confirmation(tokens))
                .containsEntry("jkt", key.key().computeThumbprint().toString());
    }

    private static Answer approvedWhileWaiting(
            HttpClient http, String client, String user, String... headers) {
        Form credentials = Form.of("client_id", client, "client_secret", client + "-secret");
        Answer started =
                post(
                                http,
                                REALM.url("/as/cibaAuthorization"),
                                Form.of("scope", "openid", "login_hint", user).and(credentials))
                        .accepted();
        String id = started.authReqId();
        String[] waiting = new String[headers.length + 2];
        System.arraycopy(headers, 0, waiting, 2, headers.length);
        waiting[0] = "Prefer";
        waiting[1] = "wait=25";
        CompletableFuture<Answer> poll =
                CompletableFuture.supplyAsync(
                        () ->
                                post(
                                        http,
                                        tokenEndpoint(),
                                        Form.of("grant_type", RelyingParty.GRANT_TYPE)
                                                .and("auth_req_id", id)
                                                .and(credentials),
                                        waiting));
        Awaitility.await("the poll to wait")
                .atMost(SOON)
                .until(() -> Metrics.of(REALM.server()).gauge("ciba_polls_waiting") > 0);
        MailReader.approves(REALM.mailbox().awaitMailFor(id), WITHOUT);
        Answer tokens = poll.join();
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        return tokens;
    }

    private static Map<String, Object> confirmation(Answer tokens) throws ParseException {
        return SignedJWT.parse(tokens.text("access_token"))
                .getJWTClaimsSet()
                .getJSONObjectClaim("cnf");
    }

    private static URI tokenEndpoint() {
        return REALM.url("/as/token");
    }

    private static Answer post(HttpClient http, URI uri, Form form, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(HttpsServer.https(uri))
                        .timeout(SOON)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.encoded()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return RelyingParty.exchange(http, request.build());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clientauth;

import static io.github.cibapack.it.clientauth.KeyHolder.OWN;
import static io.github.cibapack.it.clientauth.KeyHolder.TIME_LIMIT;
import static io.github.cibapack.it.clientauth.KeyHolder.WITH;
import static io.github.cibapack.it.clientauth.KeyHolder.WITHOUT;
import static io.github.cibapack.it.clientauth.KeyHolder.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.HttpsServer;
import io.github.cibapack.it.server.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.text.ParseException;
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
                .atMost(TIME_LIMIT)
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
}

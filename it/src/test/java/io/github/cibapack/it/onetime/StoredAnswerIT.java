// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.SeenSecrets;
import io.github.cibapack.it.suite.AtOnce;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The answer that nginx cannot pass on, and fetches for its caller. */
class StoredAnswerIT {
    private static final String OTHER_SECRET = "the-gateway-of-another-rule";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(Bank::open)
                    .with(realm -> Bank.rule(realm, "transfers", "gateway", "nginx"))
                    .with(
                            realm ->
                                    realm.component(
                                            "ciba-one-time-rule",
                                            "name",
                                            "other",
                                            "clientId",
                                            Bank.ASKING_CLIENT,
                                            "gateway",
                                            "nginx",
                                            "gatewaySecret",
                                            OTHER_SECRET));

    private static String alice;

    @BeforeAll
    static void alicesAppHasAToken() {
        SeenSecrets.add(OTHER_SECRET);
        alice = Bank.tokenOf(REALM, "alice");
    }

    @Test
    void isLeftForItsGatewayIfAnotherOneAsksForIt() {
        String id = idOfAnAnswer();

        for (String wrong : List.of(OTHER_SECRET, "a-guess")) {
            Answer refused = fetch(id, wrong);
            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
            assertThat(refused.error()).isEqualTo("gateway_not_authenticated");
        }

        Answer fetched = fetch(id, Bank.GATEWAY_SECRET);
        assertThat(fetched.status()).as(fetched.body()).isEqualTo(401);
        assertThat(fetched.error()).isEqualTo("authorization_pending");
        assertThat(fetch(id, Bank.GATEWAY_SECRET).status()).isEqualTo(404);
    }

    @Test
    void isGivenToOneOfManyFetches() throws Exception {
        String id = idOfAnAnswer();
        Callable<Integer> fetch = () -> fetch(id, Bank.GATEWAY_SECRET).status();

        List<Integer> statuses = AtOnce.run(Collections.nCopies(8, fetch));

        assertThat(statuses).containsOnlyOnce(401).containsOnly(401, 404);
    }

    private static String idOfAnAnswer() {
        Answer check =
                RelyingParty.exchange(
                        call("transfers", Bank.GATEWAY_SECRET)
                                .header("X-Original-Method", "POST")
                                .header("X-Original-Proto", "https")
                                .header("X-Original-Host", "api.example")
                                .header("X-Original-URI", "/transfers/" + UUID.randomUUID())
                                .header("Authorization", "Bearer " + alice)
                                .build());
        assertThat(check.status()).as(check.body()).isEqualTo(401);
        assertThat(check.body()).isEmpty();
        return check.header("One-Time-Authorization-Answer");
    }

    private static Answer fetch(String id, String secret) {
        return RelyingParty.exchange(call("-/answer/" + id, secret).build());
    }

    private static HttpRequest.Builder call(String path, String secret) {
        return HttpRequest.newBuilder(REALM.url("/one-time-authorization/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("X-Gateway-Secret", secret);
    }
}

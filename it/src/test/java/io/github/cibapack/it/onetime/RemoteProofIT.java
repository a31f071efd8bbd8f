// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Approvals at another token provider whose ID tokens are not as usual. */
class RemoteProofIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "secret-at-the-provider";
    private static final String GATEWAY_REALM =
            "proof-" + UUID.randomUUID().toString().substring(0, 8);

    /** The token provider. */
    @RegisterExtension
    static final RealmFixture PROVIDER = RealmFixture.fresh().with(RemoteProofIT::provider);

    private static String alice;

    private static void provider(RealmDocument realm) {
        realm.attribute("ciba.advertise", "true");
        claim(realm.addClient("odd-sub", SECRET), "sub", "al\r\nX-Forged: ice");
        claim(realm.addClient("odd-azp", SECRET), "azp", "another");
        realm.addClient("odd-aud", SECRET)
                .withArrayProperty("protocolMappers")
                .addObject()
                .put("name", "another")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-audience-mapper")
                .withObjectProperty("config")
                .put("included.custom.audience", "another")
                .put("id.token.claim", "true");
    }

    private static void claim(ObjectNode client, String name, String value) {
        client.withArrayProperty("protocolMappers")
                .addObject()
                .put("name", name)
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-hardcoded-claim-mapper")
                .withObjectProperty("config")
                .put("claim.name", name)
                .put("claim.value", value)
                .put("jsonType.label", "String")
                .put("id.token.claim", "true");
    }

    @BeforeAll
    static void realmOfTheGateway() {
        RealmDocument realm = RealmDocument.shipped().named(GATEWAY_REALM).cheap();
        Bank.open(realm);
        realm.attribute("ciba.outbound.allow-private", "true");
        realm.attribute("ciba.outbound.allow-http", "true");
        for (String client : new String[] {"odd-sub", "odd-azp", "odd-aud"}) {
            realm.component(
                    "ciba-one-time-rule",
                    "name",
                    client,
                    "clientId",
                    client,
                    "clientSecret",
                    SECRET,
                    "gatewaySecret",
                    Bank.GATEWAY_SECRET,
                    "tokenProvider",
                    PROVIDER.url("").toString(),
                    "loginHintAttribute",
                    "preferred_username");
        }
        PROVIDER.admin().createRealm(realm.json());
        alice = Bank.tokenOf(HttpClient.newHttpClient(), gatewayRealm(), "alice");
    }

    @AfterAll
    static void realmGoes() {
        PROVIDER.admin().deleteRealm(GATEWAY_REALM);
    }

    @Test
    void lineBreakInASubjectLosesNoApprovalAndForgesNoHeader() {
        Answer passed = approved("odd-sub");

        assertThat(passed.status()).as(passed.body()).isEqualTo(200);
        assertThat(passed.header("One-Time-Authorization-User"))
                .isEqualTo("al%0D%0AX-Forged:%20ice");
        assertThat(passed.headers().firstValue("X-Forged")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd-azp", "odd-aud"})
    void tokenThatIsForOthersTooProvesNothing(String rule) {
        Answer refused = approved(rule);

        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("temporarily_unavailable");
    }

    private static Answer approved(String rule) {
        String path = "/" + rule + "/" + UUID.randomUUID();
        Answer pending = check(rule, path, null);
        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
        String transaction = ForwardAuth.transaction(pending);
        ReceivedMail mail = PROVIDER.mailbox().await(any -> any.text().contains(path), SOON);
        MailReader.approves(mail);
        return Awaitility.await()
                .atMost(SOON)
                .until(() -> check(rule, path, transaction), answer -> answer.status() != 401);
    }

    private static Answer check(String rule, String path, String transaction) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(gatewayRealm() + "/one-time-authorization/" + rule))
                        .timeout(SOON)
                        .header("X-Gateway-Secret", Bank.GATEWAY_SECRET)
                        .header("X-Forwarded-Method", "POST")
                        .header("X-Forwarded-Host", "api.example")
                        .header("X-Forwarded-Uri", path)
                        .header("Authorization", "Bearer " + alice);
        if (transaction != null) {
            request.header(ForwardAuth.TRANSACTION, transaction);
        }
        return RelyingParty.exchange(request.build());
    }

    private static String gatewayRealm() {
        return PROVIDER.server().url("/realms/" + GATEWAY_REALM).toString();
    }
}

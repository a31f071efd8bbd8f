// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.Clause;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client library hides: methods, content types, ids and the form of answers. */
class RequestAndAnswerIT {

    private static final int MANY = 40;

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @Test
    @Clause("7.1-4")
    void requestIsAPostedForm() {
        RelyingParty pump = REALM.gasPump();
        String form = Form.of("scope", "openid", "login_hint", "alice").encoded();
        HttpRequest.Builder json =
                HttpRequest.newBuilder(pump.startEndpoint())
                        .header("Authorization", pump.basic())
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"scope\":\"openid\",\"login_hint\":\"alice\"}"));
        HttpRequest.Builder get =
                HttpRequest.newBuilder(REALM.url("/as/cibaAuthorization?" + form))
                        .header("Authorization", pump.basic())
                        .GET();

        assertThat(RelyingParty.exchange(json.build()).error()).isEqualTo("invalid_request");
        assertThat(RelyingParty.exchange(get.build()).status()).isIn(404, 405);
    }

    @Test
    @Clause({"7.3-1", "7.3-2", "7.3-3"})
    void idIsRandomInEachOfItsBits() {
        Set<String> ids = new HashSet<>();
        Set<Character> digitsOfAVersion = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            Answer started = REALM.gasPump().start("alice", "Pump 4");
            assertThat(started.status()).as(started.body()).isEqualTo(200);
            assertThat(started.authReqId())
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
            ids.add(started.authReqId());
            digitsOfAVersion.add(started.authReqId().charAt("00000000-0000-".length()));
        }

        assertThat(ids).hasSize(MANY);
        assertThat(digitsOfAVersion).as("a version-4 UUID has but one").hasSizeGreaterThan(3);
    }

    @Test
    @Clause({"7.1-11", "8-1", "8-2"})
    void bindingMessageStandsInTheMailAndOnThePage() {
        Answer started = REALM.gasPump().start("alice", "Pump 4: $50 of gas");
        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());

        Answer page = RelyingParty.exchange(HttpRequest.newBuilder(mail.magicLink()).build());

        assertThat(mail.mentions("Pump 4: $50 of gas")).isTrue();
        assertThat(page.body()).contains("Pump 4: $50 of gas");
    }

    @Test
    @Clause("10.1-4")
    void pollBeforeTheIntervalIsOverIsToldToSlowDown() {
        RelyingParty pump = REALM.gasPump();
        String id = pump.start("alice", "Pump 4").authReqId();

        pump.poll(id);

        assertThat(pump.poll(id).error()).isEqualTo("slow_down");
    }

    @Test
    @Clause("13-10")
    void errorIsAJsonObjectWithCodeAndDescription() {
        Answer answer = REALM.gasPump().start("nobody", "Pump 4");

        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("error", "error_description");
    }

    @Test
    @Clause("14-3")
    void realmThatWantsTlsIsServedOverTlsOnly() {
        REALM.admin().updateRealm(REALM.name(), realm -> realm.put("sslRequired", "all"));
        try {
            assertThat(REALM.gasPump().start("alice", "Pump 4").status()).isEqualTo(403);
            assertThat(REALM.gasPump().poll("00000000-0000-0000-0000-000000000000").status())
                    .isEqualTo(403);
        } finally {
            REALM.admin().updateRealm(REALM.name(), realm -> realm.put("sslRequired", "external"));
        }
    }
}

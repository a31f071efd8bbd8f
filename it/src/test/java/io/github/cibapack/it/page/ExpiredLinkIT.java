// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.clock.ClockServer;
import io.github.cibapack.it.clock.FakeClock;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.suite.MovesTheClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The link of a request that is over opens nothing, and looks like one that never was. */
@MovesTheClock
class ExpiredLinkIT {

    private static final Form SHORT_LIVED =
            OpenRequest.forUser("alice").and("requested_expiry", "10");

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().sharing(ClockServer::shared);

    @RegisterExtension
    static final RealmFixture OTHER_REALM = RealmFixture.fresh().sharing(ClockServer::shared);

    @Test
    void unknownExpiredAndForeignLinksGetOneAndTheSamePage() {
        OpenRequest expired = expired();
        OpenRequest foreign = OpenRequest.in(OTHER_REALM);
        URI foreignHere = REALM.url("/ciba/approve/" + foreign.ticket());

        Answer unknown = OpenRequest.visit("GET", REALM.url("/ciba/approve/no-such-ticket"));

        assertThat(unknown.status()).isEqualTo(404);
        assertSame(expired.open(), unknown);
        assertSame(OpenRequest.visit("GET", foreignHere), unknown);
        assertSame(decide(foreignHere), unknown);
        assertSame(decide(expired.link()), unknown);
        assertSame(decide(REALM.url("/ciba/approve/no-such-ticket")), unknown);
        assertThat(foreign.isPending()).as("untouched in its own realm").isTrue();
    }

    @Test
    void idThatTheRelyingPartyKnowsOpensNothing() {
        OpenRequest request = OpenRequest.in(REALM);
        String known = request.started().authReqId();
        Answer unknown = OpenRequest.visit("GET", REALM.url("/ciba/approve/no-such-ticket"));

        for (String id : List.of(known, "as." + known)) {
            URI guessed = REALM.url("/ciba/approve/" + id);
            assertSame(OpenRequest.visit("GET", guessed), unknown);
            assertSame(decide(guessed), unknown);
        }
        assertThat(request.isPending()).isTrue();
        assertThat(request.open().status()).isEqualTo(200);
    }

    @Test
    void decisionAfterTheEndComesTooLate() {
        OpenRequest request = expired();

        Answer late = request.decide("approve");

        assertThat(late.status()).isEqualTo(404);
        assertThat(late.body()).contains(PageState.UNKNOWN.heading());
        assertThat(request.result().error()).isEqualTo("expired_token");
    }

    private static OpenRequest expired() {
        OpenRequest request = OpenRequest.in(REALM, REALM.gasPump(), SHORT_LIVED);
        assertThat(request.open().status()).isEqualTo(200);
        FakeClock.of(REALM.server()).advance(Duration.ofSeconds(11));
        return request;
    }

    /** In all but the headers that any two answers differ in. */
    private static void assertSame(Answer one, Answer other) {
        assertThat(one.body()).isEqualTo(other.body());
        assertThat(one.status()).isEqualTo(other.status());
        assertThat(comparable(one)).isEqualTo(comparable(other));
    }

    private static Map<String, ?> comparable(Answer answer) {
        Map<String, Object> headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        return headers;
    }

    private static Answer decide(URI link) {
        return OpenRequest.postFromPage(link, "decision=approve", "Sec-Fetch-Site", "same-origin");
    }
}

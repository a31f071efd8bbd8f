// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.consent.FeaturesServer;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.store.BrokenStoreFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A redemption whose transaction comes to nothing: an approval never gives tokens twice. */
class SpoiltRedemptionIT {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    /** Of a realm, one redemption of each client is spoilt. */
    @RegisterExtension static final RealmFixture AS = realm();

    @RegisterExtension static final RealmFixture KEYCLOAKS = realm();

    private static RealmFixture realm() {
        return RealmFixture.fresh()
                .sharing(FeaturesServer::shared)
                .with(
                        realm ->
                                Stream.of(
                                                SpoilerFactory.MARKED,
                                                SpoilerFactory.FAILING,
                                                BrokenStoreFactory.DEADLOCKED)
                                        .forEach(
                                                id -> {
                                                    realm.addClient(id, id + "-secret");
                                                    realm.addUser(id);
                                                }));
    }

    @Test
    void tokensThatHaveLeftUseTheApprovalUpThoughAllElseIsRolledBack() {
        tokensThatHaveLeftUseTheApprovalUp(AS, AS.relyingParty(SpoilerFactory.MARKED));
    }

    @Test
    void soItIsAtKeycloaksEndpoints() {
        tokensThatHaveLeftUseTheApprovalUp(
                KEYCLOAKS, KEYCLOAKS.relyingParty(SpoilerFactory.MARKED).atKeycloakEndpoints());
    }

    @Test
    void commitThatFailsGivesNoTokensAndUsesNothingUp() {
        commitThatFailsUsesNothingUp(AS, AS.relyingParty(SpoilerFactory.FAILING));
    }

    @Test
    void soItIsAtKeycloaksEndpointsToo() {
        commitThatFailsUsesNothingUp(
                KEYCLOAKS, KEYCLOAKS.relyingParty(SpoilerFactory.FAILING).atKeycloakEndpoints());
    }

    @Test
    void pollThatMeetsADeadlockOfTheDatabaseIsCountedAndMayComeAgain() {
        pollThatMeetsADeadlockMayComeAgain(AS, AS.relyingParty(BrokenStoreFactory.DEADLOCKED));
    }

    @Test
    void soItMayAtKeycloaksEndpoints() {
        pollThatMeetsADeadlockMayComeAgain(
                KEYCLOAKS,
                KEYCLOAKS.relyingParty(BrokenStoreFactory.DEADLOCKED).atKeycloakEndpoints());
    }

    private static void tokensThatHaveLeftUseTheApprovalUp(RealmFixture realm, RelyingParty pump) {
        Answer started = approved(realm, pump);

        Answer first = pump.pollUntilDecided(started);
        Answer second = pump.poll(started.authReqId());

        assertThat(first.text("access_token")).as(first.body()).isNotEmpty();
        assertThat(second.status()).as(second.body()).isEqualTo(400);
        assertThat(second.text("access_token")).isEmpty();
        assertThat(redemptions(realm, pump)).as("all else was rolled back").isEmpty();
    }

    private static void commitThatFailsUsesNothingUp(RealmFixture realm, RelyingParty pump) {
        Answer started = approved(realm, pump);

        Answer first = pump.pollUntilDecided(started);
        Answer second = pump.pollUntilDecided(started);
        Answer third = pump.poll(started.authReqId());

        assertThat(first.status()).as(first.body()).isBetween(500, 599);
        assertThat(first.body()).doesNotContain("access_token", "\tat ");
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        assertThat(third.status()).as(third.body()).isEqualTo(400);
        assertThat(redemptions(realm, pump)).hasSize(1);
    }

    private static void pollThatMeetsADeadlockMayComeAgain(RealmFixture realm, RelyingParty pump) {
        Answer started = approved(realm, pump);
        int before = realm.server().logs().length();

        Answer first = pump.pollUntilDecided(started);
        String log = realm.server().logs().substring(before);

        assertThat(first.status()).as(first.body()).isEqualTo(503);
        assertThat(first.error()).isEqualTo("server_error");
        assertThat(first.header("Retry-After")).isEqualTo("15");
        assertThat(log)
                .contains("came first in the database")
                .doesNotContain("SQLException", "Uncaught server error");
        assertThat(polls(realm, "unavailable")).isEqualTo(1);
        assertThat(sessions(realm)).isEmpty();

        assertThat(pump.pollUntilDecided(started).status()).isEqualTo(200);
        assertThat(polls(realm, "tokens")).isPositive();
        assertThat(sessions(realm)).hasSize(1);
    }

    private static double polls(RealmFixture realm, String outcome) {
        return Metrics.of(realm.server())
                .value(
                        "ciba_polls_total",
                        "realm=\"" + realm.name() + "\"",
                        "outcome=\"" + outcome + "\"");
    }

    private static JsonNode sessions(RealmFixture realm) {
        return realm.admin()
                .call(
                        "GET",
                        "/%s/users/%s/sessions"
                                .formatted(
                                        realm.name(), realm.userId(BrokenStoreFactory.DEADLOCKED)),
                        null)
                .json();
    }

    private static Answer approved(RealmFixture realm, RelyingParty pump) {
        String message = "of-" + pump.clientId();
        Answer started = pump.start(pump.clientId(), message).accepted();
        ApprovalForm.decide(
                realm.mailbox().await(mail -> mail.mentions(message), TIME_LIMIT).magicLink(),
                "approve");
        return started;
    }

    private static List<String> redemptions(RealmFixture realm, RelyingParty pump) {
        return realm.admin().events(realm.name(), "AUTHREQID_TO_TOKEN").stream()
                .filter(event -> pump.clientId().equals(event.path("clientId").asText()))
                .map(event -> event.path("details").path("ciba_event").asText())
                .filter("redeemed"::equals)
                .toList();
    }
}

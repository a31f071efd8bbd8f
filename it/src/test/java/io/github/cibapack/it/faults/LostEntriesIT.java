// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.HttpsServer;
import io.github.cibapack.it.store.StoreContract;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store loses entries, as a cache does that has been given a bound, or all of its nodes. */
class LostEntriesIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.addUser("pia");
                                realm.addUser("quin");
                                realm.addUser("rosa");
                                realm.addUser("request");
                                realm.addUser("outcome");
                                realm.addUser("decided");
                                realm.addUser("approval");
                            })
                    .sharing(HttpsServer::shared);

    private final RelyingParty pump = REALM.gasPump();

    @Test
    void pendingRequestThatIsLostIsUnknownAndNobodyCanApproveIt() {
        Answer started = pump.start("pia", "lost").accepted();
        URI link = REALM.linkOf(started);
        ApprovalForm page = ApprovalForm.open(link);
        lose("request", started);

        assertThat(page(link).status()).isEqualTo(404);
        assertThat(page.press("decision", "approve").status()).isEqualTo(404);
        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(400);
    }

    /** An approval without what it was an approval of is worth nothing. */
    @Test
    void approvedRequestThatIsLostGivesNoTokens() {
        Answer started = approved("request");
        lose("request", started);

        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decided", "approval"})
    void markThatIsLostMakesNoSecondDecisionAndNoSecondRedemption(String entry) {
        Answer started = approved(entry);
        URI link = REALM.linkOf(started);
        lose(entry, started);

        ApprovalForm.decide(link, "deny");

        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("invalid_grant");
    }

    @Test
    void redemptionThatIsForgottenCannotBeRepeated() {
        Answer started = approved("quin");
        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
        lose("redeemed", started);

        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("invalid_grant");
    }

    /** Who decided and how is lost: the tokens tell no login that nobody knows of. */
    @Test
    void outcomeThatIsLostLeavesTokensThatClaimNothingOfIt() {
        Answer started = approved("outcome");
        lose("outcome", started);

        Answer answer = pump.poll(started.authReqId());

        assertThat(answer.status()).isIn(200, 400);
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("invalid_grant");
    }

    @Test
    void revocationIsNotUndoneByALostApproval() {
        Answer started = approved("rosa");
        URI link = REALM.linkOf(started);
        new ApprovalForm(URI.create(link + "/revoke"), ApprovalForm.open(link).token())
                .press("revoke", "true");
        lose("approval", started);

        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(400);
    }

    private Answer approved(String user) {
        Answer started = pump.start(user, "approved").accepted();
        ApprovalForm.decide(REALM.linkOf(started), "approve");
        return started;
    }

    private static void lose(String entry, Answer started) {
        StoreContract.lose(REALM.server(), "ciba." + entry + ".as." + started.authReqId());
    }

    private static Answer page(URI link) {
        return RelyingParty.exchange(HttpRequest.newBuilder(link).build());
    }
}

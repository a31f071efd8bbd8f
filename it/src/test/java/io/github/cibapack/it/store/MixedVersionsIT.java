// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.HttpsServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster that is being updated: what one version makes of the requests of its neighbours. */
class MixedVersionsIT {
    private static final String BEFORE = "none";
    private static final String OWN = "1";
    private static final String NEWER = "2";
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.addUser("old");
                                realm.addUser("new");
                                realm.addUser("own");
                                realm.addUser("state");
                            })
                    .sharing(HttpsServer::shared);

    private final RelyingParty pump = REALM.gasPump();

    @Test
    void requestOfTheVersionBeforeIsDecidedAndRedeemed() {
        Answer started = pump.start("old", "Pump 1").accepted();
        URI link = REALM.linkOf(started);
        assertThat(form("request.as." + started.authReqId(), BEFORE)).isEqualTo(OWN);

        Answer decided = ApprovalForm.decide(link, "approve");

        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        form("outcome.as." + started.authReqId(), BEFORE);
        form("approval.as." + started.authReqId(), BEFORE);
        assertThat(pump.poll(started.authReqId()).text("access_token")).isNotEmpty();
    }

    @Test
    void requestWhoseStateANewerVersionHasWrittenIsMissingInListsAndPolledAgain() {
        Answer started = pump.start("state", "Pump 5").accepted();
        URI link = REALM.linkOf(started);
        String state = "dc.as." + started.authReqId();
        assertThat(onlyPendingOf("state")).isEqualTo(started.authReqId());
        assertThat(form(state, NEWER)).isEqualTo(OWN);

        assertTriesAgain(pump.poll(started.authReqId()));
        assertThat(onlyPendingOf("state")).isEmpty();
        assertThat(page(link).status()).isEqualTo(503);

        form(state, OWN);
        assertThat(ApprovalForm.decide(link, "approve").status()).isEqualTo(200);
        assertThat(pump.poll(started.authReqId()).text("access_token")).isNotEmpty();
    }

    @Test
    void requestOfANewerVersionIsLeftAloneUntilANodeOfThatVersionIsAsked() {
        Answer started = pump.start("new", "Pump 2").accepted();
        URI link = REALM.linkOf(started);
        ApprovalForm page = ApprovalForm.open(link);
        String request = "request.as." + started.authReqId();
        form(request, NEWER);

        assertThat(page(link).status()).isEqualTo(503);
        assertThat(page.press("decision", "approve").status()).isEqualTo(503);
        assertTriesAgain(pump.cancel(started.authReqId()));
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
        assertThat(REALM.server().logs())
                .contains("An entry of the kind ciba.request has the form 2");

        form(request, OWN);
        assertThat(ApprovalForm.decide(link, "approve").status()).isEqualTo(200);
        form(request, NEWER);
        assertTriesAgain(pump.poll(started.authReqId()));

        form(request, OWN);
        assertThat(pump.poll(started.authReqId()).text("access_token")).isNotEmpty();
    }

    @Test
    void approvalWhoseOutcomeIsOfANewerVersionIsNotUsedUp() {
        Answer started = pump.start("new", "Pump 4").accepted();
        assertThat(ApprovalForm.decide(REALM.linkOf(started), "approve").status()).isEqualTo(200);
        String outcome = "outcome.as." + started.authReqId();
        form(outcome, NEWER);

        assertTriesAgain(pump.poll(started.authReqId()));

        form(outcome, OWN);
        assertThat(pump.poll(started.authReqId()).text("access_token")).isNotEmpty();
    }

    @Test
    void approvalAtKeycloaksOwnEndpointIsNotUsedUpByANodeThatDoesNotKnowIt() {
        RelyingParty own = pump.atKeycloakEndpoints();
        Answer started =
                own.start(
                                Form.of("scope", "openid", "login_hint", "own")
                                        .and("binding_message", "pump3"))
                        .accepted();
        URI link = REALM.mailbox().await(mail -> mail.mentions("pump3"), A_WHILE).magicLink();
        String id = onlyPendingOf("own");
        assertThat(ApprovalForm.decide(link, "approve").status()).isEqualTo(200);
        form("request." + id, NEWER);

        Answer refused = own.poll(started.authReqId());

        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("server_error");
        form("request." + id, OWN);
        assertThat(own.pollUntilDecided(started).text("access_token")).isNotEmpty();
    }

    private static String onlyPendingOf(String user) {
        String path = "/" + REALM.name() + "/ciba/users/" + REALM.userId(user) + "/requests";
        return REALM.admin().call("GET", path, null).json().path(0).path("authReqId").asText();
    }

    private static void assertTriesAgain(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.error()).isEqualTo("server_error");
        assertThat(answer.errorDescription()).contains("Try again");
    }

    private static Answer page(URI link) {
        return RelyingParty.exchange(HttpRequest.newBuilder(link).build());
    }

    private static String form(String entry, String form) {
        return StoreContract.form(REALM.server(), "ciba." + entry, form);
    }
}

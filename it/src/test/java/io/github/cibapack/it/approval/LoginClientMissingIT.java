// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A policy that asks for a login in a realm that names no client for it. */
class LoginClientMissingIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                Policies.removeLoginClient(realm);
                                Policies.add(realm, "signed-in", "approvalMode", "login");
                                realm.clientAttribute("gas-pump", "ciba.policies", "signed-in");
                            });

    @Test
    void requestThatNobodyCouldDecideIsRefused() {
        Answer answer = REALM.gasPump().start("alice", "Pump 4");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.error()).isEqualTo("server_error");
    }

    @Test
    void listOfRequestsSaysWhatIsMissingAndOffersNoLogin() {
        Answer list =
                RelyingParty.exchange(HttpRequest.newBuilder(REALM.url("/ciba/requests")).build());

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body())
                .contains("signing in is not set up", "ciba.login.client")
                .doesNotContain("Sign in to see", "id=\"ciba-sign-in\"");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where users are hidden, a user code tells nobody apart: it is looked at for nobody as well. */
class HiddenUserCodeIT {
    private static final int USERS = 4;

    /** As many wrong codes as are looked at for a user. */
    private static final int TRIES = 4;

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.attribute("ciba.hide-users", "true");
                                realm.addClient("bank", "bank-secret");
                                realm.clientAttribute(
                                        "bank", "ciba.backchannel.user.code.parameter", "true");
                                for (int i = 0; i < USERS; i++) {
                                    realm.addUser("saver-" + i);
                                }
                            });

    /** The first calls of a server are slow, whatever they do. */
    @BeforeAll
    static void warmUp() {
        timed(REALM.relyingParty("bank"), "alice");
        timed(REALM.relyingParty("bank").atKeycloakEndpoints(), "nobody");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void timeOfAWrongCodeDoesNotTellWhoExists(boolean documented) {
        RelyingParty bank =
                documented
                        ? REALM.relyingParty("bank")
                        : REALM.relyingParty("bank").atKeycloakEndpoints();
        List<Long> users = new ArrayList<>();
        List<Long> nobodies = new ArrayList<>();
        for (int i = 0; i < USERS * TRIES; i++) {
            // in turns, so that both see the same load
            users.add(timed(bank, "saver-" + i % USERS));
            nobodies.add(timed(bank, "nobody-" + documented + i));
        }

        // without the look at a code it is a sixth
        assertThat(median(nobodies)).isGreaterThan(median(users) / 2);
        assertThat(median(users)).isGreaterThan(median(nobodies) / 2);
    }

    private static long timed(RelyingParty bank, String hint) {
        Form form = Form.of("scope", "openid", "login_hint", hint, "user_code", "wrong");
        long began = System.nanoTime();
        Answer answer = bank.start(form);
        long took = System.nanoTime() - began;
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return took;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
}

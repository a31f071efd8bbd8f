// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.server.HttpsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An admin finds the log lines of a request by the id that the relying party was told. */
class LogContextIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().sharing(HttpsServer::shared);

    @Test
    void logLinesOfARequestCarryItsCorrelationIdAndLaterOnesDoNot() {
        Answer first = REALM.gasPump().start("nobody", "First");
        Answer second = REALM.gasPump().start("nobody", "Second");

        for (Answer answer : new Answer[] {first, second}) {
            String id = answer.header("X-Correlation-ID");
            assertThat(REALM.server().logs().lines().filter(line -> line.contains(id)))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).startsWith("[" + id + "]"));
        }
        assertThat(REALM.server().logs().lines()).anyMatch(line -> line.startsWith("[] "));
    }
}

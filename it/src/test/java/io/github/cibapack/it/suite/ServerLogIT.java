// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.server.SeenSecrets;
import io.github.cibapack.it.server.Servers;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Reads what all servers of this run have logged. */
@Isolated("JUnit runs isolated classes after all others, and this one reads what they have logged")
class ServerLogIT {

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @BeforeAll
    static void allOthersHaveEnded() {
        assertThat(RunningClasses.unfinished()).containsExactly("ServerLogIT");
    }

    @Test
    void noServerLoggedALinkATicketATokenASecretOrAnAddress() {
        Answer started = REALM.gasPump().start("alice@ciba-demo.example", "Pump 4");
        REALM.mailbox().awaitMailFor(started.authReqId());
        String logs = Servers.allLogs();

        List<String> found = SeenSecrets.foundIn(logs);

        assertThat(SeenSecrets.count()).isPositive();
        assertThat(logs).contains("Keycloak", "Listening on");
        assertThat(found).isEmpty();
    }

    /** What the pack logs as an error is for the admin to repair; nothing else may be one. */
    @Test
    void packHadNoUnexpectedFailure() {
        List<String> failures =
                Servers.allLogs()
                        .lines()
                        .filter(line -> line.contains("ERROR [io.github.cibapack."))
                        .filter(line -> !line.contains("set the server option 'hostname'"))
                        .filter(line -> !line.contains("asks for a login on the approval page"))
                        .filter(line -> !line.contains("an inbox that nobody can sign in to"))
                        .filter(line -> !line.contains("InvalidSettingException"))
                        .filter(line -> !line.contains("names a policy that does not exist"))
                        .filter(line -> !line.contains("the attribute ciba.advertise must be"))
                        .filter(line -> !line.contains("CVE-2026-90997"))
                        .filter(line -> !line.contains("org.keycloak.models.InventedModel"))
                        .toList();

        assertThat(failures).isEmpty();
    }
}

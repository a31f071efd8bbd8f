// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.OwnServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A node of the cluster is killed: what it has taken is known to the other one. */
@EnabledIfSystemProperty(
        named = "it.cluster",
        matches = "true",
        disabledReason = "needs PostgreSQL's binaries: ./mvnw -Pcluster")
@ResourceLock("ports of a cluster")
@OwnServer
class KilledNodeIT {
    private static final int USERS = 20;
    private static final int PENDING = 500;

    @RegisterExtension static final Cluster CLUSTER = new Cluster(KilledNodeIT::prepare);

    private static void prepare(RealmDocument realm) {
        realm.liftLimits();
        IntStream.range(0, USERS).forEach(i -> realm.addUser("user-" + i));
    }

    @Test
    void noPendingRequestIsLostWithTheNodeThatTookIt() {
        RelyingParty killed = CLUSTER.relyingParty(1, "gas-pump");
        RelyingParty other = CLUSTER.relyingParty(0, "gas-pump");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < PENDING; i++) {
            ids.add(killed.start("user-" + i % USERS, "kept " + i).accepted().authReqId());
        }
        List<URI> links = new ArrayList<>();
        for (String id : ids.subList(0, USERS)) {
            links.add(CLUSTER.mailbox().awaitMailFor(id).magicLink());
        }

        CLUSTER.node(1).kill();

        assertThat(ids)
                .allSatisfy(
                        id -> {
                            Answer poll = other.poll(id);
                            assertThat(poll.error())
                                    .as(poll.body())
                                    .isEqualTo("authorization_pending");
                        });
        for (int i = 0; i < USERS; i++) {
            ApprovalForm.decide(links.get(i), "approve");
            Answer tokens = other.poll(ids.get(i));
            assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        }
    }
}

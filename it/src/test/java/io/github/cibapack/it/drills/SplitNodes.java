// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import io.github.cibapack.it.cluster.DatabaseNodes;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.TcpProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two nodes that talk to each other through proxies: each tells the address of its proxy for its
 * own, so that the two can be kept apart while both work.
 */
final class SplitNodes extends DatabaseNodes {
    private final List<TcpProxy> ways = new ArrayList<>();

    SplitNodes(Consumer<RealmDocument> changes, String... buildOptions) {
        super("split", realm -> changes.accept(prepared(realm)), buildOptions);
    }

    private static RealmDocument prepared(RealmDocument realm) {
        return realm.cheap().attribute("cibaExpiresIn", "600").relaxLimits();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        super.afterAll(context);
        ways.forEach(TcpProxy::close);
    }

    @Override
    protected String[] wayTo(int port) {
        int told = freePort();
        ways.add(TcpProxy.at(told, port));
        ways.add(TcpProxy.at(told + FAILURE_DETECTION_OFFSET, port + FAILURE_DETECTION_OFFSET));
        return new String[] {
            "--cache-embedded-network-external-address=127.0.0.1",
            "--cache-embedded-network-external-port=" + told
        };
    }

    /** The nodes lose each other, and each of them knows it. */
    void split() {
        ways.forEach(TcpProxy::cut);
        awaitMembers(1);
    }

    /** They meet again, and know it. */
    void join() {
        ways.forEach(TcpProxy::restore);
        awaitMembers(NODES);
    }

    RelyingParty pump(int node) {
        return relyingParty(node, "gas-pump");
    }
}

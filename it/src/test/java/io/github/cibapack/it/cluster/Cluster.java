// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import io.github.cibapack.it.channel.Receiver;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.server.KeycloakServer;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Two nodes in one cluster, and a receiver of calls. */
final class Cluster extends DatabaseNodes {

    /** A client whose users are called at the {@linkplain #receiver() receiver}. */
    static final String CALLING = "calling";

    private final Receiver receiver;

    /**
     * A cluster that starts before the first test.
     *
     * @param changes to the shipped realm
     * @param buildOptions on top of {@code --db}
     */
    Cluster(Consumer<RealmDocument> changes, String... buildOptions) {
        this(ClusterDatabase::postgres, changes, buildOptions);
    }

    /** As above, over another database. */
    Cluster(
            ClusterDatabase.Starter databases,
            Consumer<RealmDocument> changes,
            String... buildOptions) {
        this(Receiver.start(), databases, changes, buildOptions);
    }

    private Cluster(
            Receiver receiver,
            ClusterDatabase.Starter databases,
            Consumer<RealmDocument> changes,
            String... buildOptions) {
        super(
                databases,
                "clustered",
                changes.andThen(realm -> addCalling(realm, receiver)),
                buildOptions);
        this.receiver = receiver;
    }

    private static void addCalling(RealmDocument realm, Receiver receiver) {
        Receiver.mayBeCalledBy(realm);
        receiver.addClient(realm, CALLING, "200", "channels", "webhook");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        super.afterAll(context);
        receiver.close();
    }

    Receiver receiver() {
        return receiver;
    }

    /** What tokens name as their issuer, on either node. */
    URI issuer() {
        return url(0, "");
    }

    /** An address of the realm on one node. */
    URI url(int node, String path) {
        return node(node).url("/realms/" + realm() + path);
    }

    /** Everything that the nodes have logged. */
    String logs() {
        return String.join("\n", nodes().stream().map(KeycloakServer::logs).toList());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the dashboard draws and the alerts watch is there on a server at work. */
class MetricNamesIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(MetricNamesIT::prepare);

    /** A policy with a variant, further channels, and calls that are refused for their address. */
    private static void prepare(RealmDocument realm) {
        realm.addUser("walt");
        realm.component(
                "ciba-policy",
                "name",
                "watched",
                "variants",
                "name=all weight=100",
                "channels",
                "webhook,email,inbox",
                "channelDelays",
                "inbox=60",
                "webhookChannelUrl",
                "https://127.0.0.1:9/call",
                "webhookChannelSecret",
                "a-channel-secret-of-some-length",
                "webhookUrl",
                "https://127.0.0.1:9/hook",
                "webhookSecret",
                "a-webhook-secret-of-some-length");
        realm.addClient("watched", "watched-secret")
                .withObjectProperty("attributes")
                .put("ciba.policies", "watched");
    }

    @Test
    void everyWatchedMetricIsThere() {
        RelyingParty client = REALM.relyingParty("watched");
        Answer started = client.start("walt", "watch").accepted();
        ApprovalForm.decide(REALM.linkOf(started), "approve");
        assertThat(client.pollUntilDecided(started).status()).isEqualTo(200);

        Awaitility.await("all metrics")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(missing()).isEmpty());
    }

    private static NavigableSet<String> missing() {
        List<String> lines = Metrics.of(REALM.server()).lines();
        NavigableSet<String> missing = new TreeSet<>(WatchedMetrics.names());
        missing.removeIf(
                name ->
                        lines.stream()
                                .anyMatch(
                                        line ->
                                                line.startsWith(name + "{")
                                                        || line.startsWith(name + " ")));
        return missing;
    }
}

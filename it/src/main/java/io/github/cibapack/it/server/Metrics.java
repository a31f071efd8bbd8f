// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The metrics of a server, as Prometheus reads them. */
public final class Metrics {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(5);

    private static final int OK = 200;

    private final List<String> lines;

    private Metrics(List<String> lines) {
        this.lines = lines;
    }

    /** The metrics at this moment. */
    public static Metrics of(KeycloakServer server) {
        HttpRequest request =
                HttpRequest.newBuilder(server.managementUrl().resolve("/metrics"))
                        .timeout(TIME_LIMIT)
                        .build();
        Answer answer = RelyingParty.exchange(request);
        if (answer.status() != OK) {
            throw new IllegalStateException("No metrics: " + answer.status());
        }
        return new Metrics(answer.body().lines().toList());
    }

    public List<String> lines() {
        return lines;
    }

    /**
     * The value of a metric without labels, which is there.
     *
     * @param name its whole name
     */
    public double gauge(String name) {
        if (lines.stream().noneMatch(line -> line.startsWith(name + " "))) {
            throw new IllegalStateException("No metric " + name);
        }
        return value(name);
    }

    /**
     * The value of a metric.
     *
     * @param name its whole name
     * @param labels what it must be labelled with, {@code realm="demo"} for example
     * @return 0 where there is none; the sum where there are several
     */
    public double value(String name, String... labels) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                // behind it may be an exemplar, if the server traces
                .map(line -> line.split(" # ", 2)[0])
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What a pending request takes of the heap, with short values and with the longest that are
 * allowed, and where a server begins to refuse. The users are hidden and the hints made up: such a
 * request keeps all that any other keeps. Arguments: requests of each kind (default 4000), {@code
 * full} to go on until the server refuses.
 */
public final class PendingHeap {
    private static final String REALM = "benchmark";
    private static final int CLIENTS = 16;
    private static final int OK = 200;
    private static final int REFUSED = 403;
    private static final int REFUSALS_IN_A_ROW = 500;
    private static final double MIB = 1 << 20;

    private final KeycloakServer server;
    private final List<RelyingParty> parties;
    private int sent;

    private PendingHeap(KeycloakServer server) {
        this.server = server;
        this.parties =
                IntStream.range(0, CLIENTS)
                        .mapToObj(i -> RelyingParty.of(server, REALM, "c" + i, "c" + i + "-secret"))
                        .toList();
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) throws Exception {
        int each = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4000;
        boolean full = arguments.length > 1 && "full".equals(arguments[1]);
        ServerOptions options =
                ServerOptions.defaults().withEnvironment("_JAVA_OPTIONS", "-Xmx1024m");
        try (ScriptedSmtp smtp = ScriptedSmtp.start();
                KeycloakServer server = Servers.start(options)) {
            AdminApi.of(server).createRealm(realm(smtp).json());
            PendingHeap heap = new PendingHeap(server);
            heap.start(500, heap.longest());
            heap.measure("short values", each, heap.shortest());
            heap.measure("longest values", each, heap.longest());
            if (full) {
                heap.fill();
            }
        }
    }

    private static RealmDocument realm(ScriptedSmtp smtp) {
        RealmDocument realm = RealmDocument.shipped().named(REALM);
        realm.mailTo("127.0.0.1", smtp.port());
        realm.json().put("eventsEnabled", false);
        realm.attribute("ciba.hide-users", "true");
        for (int i = 0; i < CLIENTS; i++) {
            realm.addClient("c" + i, "c" + i + "-secret");
        }
        return realm.component(
                "ciba-notification-policy",
                "name",
                "default",
                "pendingPerClient",
                "100000",
                "pendingPerRealm",
                "1000000");
    }

    private Form shortest() {
        return Form.of("scope", "openid", "requested_expiry", "3600");
    }

    /** Every value as long as it may be, and with characters that take two bytes each. */
    private Form longest() {
        return Form.of(
                "scope",
                "openid profile email",
                "acr_values",
                "a".repeat(2048),
                "binding_message",
                "語".repeat(256),
                "request_context",
                "{\"address\":\"%s\",\"place\":\"%s\",\"device\":\"%s\",\"user_agent\":\"%s\"}"
                        .formatted(
                                "語".repeat(100), "語".repeat(100), "語".repeat(100), "語".repeat(512)),
                "requested_expiry",
                "3600");
    }

    private void measure(String kind, int number, Form form) throws Exception {
        double before = heapAfterCollection();
        int taken = start(number, form);
        double bytes = (heapAfterCollection() - before) / Math.max(1, taken);
        System.out.printf("%s: %.0f bytes a pending request (%d requests)%n", kind, bytes, taken);
    }

    private int start(int number, Form form) {
        int taken = 0;
        for (int i = 0; i < number; i++) {
            taken += start(form).status() == OK ? 1 : 0;
        }
        return taken;
    }

    private Answer start(Form form) {
        return parties.get(sent % CLIENTS).start(form.and("login_hint", "nobody-" + sent++));
    }

    private void fill() throws Exception {
        int taken = 0;
        int refused = 0;
        Form form = longest();
        while (refused < REFUSALS_IN_A_ROW) {
            Answer answer = start(form);
            if (answer.status() == OK) {
                taken++;
                refused = 0;
            } else if (answer.status() == REFUSED && !answer.header("Retry-After").isEmpty()) {
                refused++;
            } else {
                throw new IllegalStateException("Unexpected: " + answer.body());
            }
        }
        System.out.printf(
                "refused after %d more requests; heap after a collection: %.0f MiB of 1024%n",
                taken, heapAfterCollection() / MIB);
    }

    /** The server is this process's only child. */
    private double heapAfterCollection() throws IOException, InterruptedException {
        long pid = ProcessHandle.current().children().findFirst().orElseThrow().pid();
        Process collection =
                new ProcessBuilder("jcmd", Long.toString(pid), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!collection.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("no collection");
        }
        return Metrics.of(server).value("jvm_memory_used_bytes", "area=\"heap\"");
    }
}

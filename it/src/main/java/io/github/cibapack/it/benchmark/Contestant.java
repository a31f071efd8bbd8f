// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.LoopbackHttp;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** One of the two servers that are compared, and what it sends to. */
final class Contestant implements AutoCloseable {
    private static final String REALM = "benchmark";
    private static final String HTTP_CHANNEL =
            "--spi-ciba-auth-channel--ciba-http-auth-channel--http-authentication-channel-uri=";
    private static final String MAILS = "--spi-ciba-auth-channel--ciba-email--";

    /**
     * User sessions are kept in memory: in the database of these servers, H2, finding one takes
     * longer the more there are.
     */
    private static final String SESSIONS_IN_MEMORY = "--features-disabled=persistent-user-sessions";

    private static final int CLIENTS = 4;

    /** So many that none of them has fifty pending requests, however quick the machine is. */
    private static final int USERS = 1600;

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final double NANOS = 1e9;

    /**
     * The longest life of a request: the rounds of one run, all of an hour at most, poll the same.
     */
    private static final String LONG = "3600";

    /** So that what was only started is gone by the next round. */
    private static final String SHORT = "10";

    private final KeycloakServer server;
    private final Runnable stopChannel;
    private final List<RelyingParty> parties;
    private final Decisions decisions;
    private final AtomicInteger started = new AtomicInteger();

    private Contestant(
            KeycloakServer server,
            Runnable stopChannel,
            List<RelyingParty> parties,
            Decisions decisions) {
        this.server = server;
        this.stopChannel = stopChannel;
        this.parties = parties;
        this.decisions = decisions;
    }

    /** Keycloak alone: its HTTP channel calls a server that takes everything. */
    static Contestant stock(String javaOptions) {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        Decisions decisions = new Decisions();
        HttpServer stub = stub(threads, decisions);
        KeycloakServer server =
                Servers.start(
                        ServerOptions.defaults()
                                .withoutPack()
                                .withBuildOptions(SESSIONS_IN_MEMORY)
                                .withRuntimeOptions(
                                        HTTP_CHANNEL
                                                + "http://127.0.0.1:"
                                                + stub.getAddress().getPort()
                                                + "/")
                                .withEnvironment("_JAVA_OPTIONS", javaOptions));
        AdminApi.of(server).createRealm(realm().withoutPack().json());
        return new Contestant(
                server,
                () -> {
                    stub.stop(0);
                    threads.shutdownNow();
                },
                parties(server).stream().map(RelyingParty::atKeycloakEndpoints).toList(),
                decisions);
    }

    /** Keycloak with the pack: every request is mailed to a server that keeps none. */
    static Contestant pack(ScriptedSmtp smtp, String javaOptions, String... runtimeOptions) {
        KeycloakServer server =
                Servers.start(
                        ServerOptions.defaults()
                                .withBuildOptions(SESSIONS_IN_MEMORY)
                                .withRuntimeOptions(
                                        MAILS + "mail-queue-size=1000000",
                                        MAILS + "mail-read-seconds=60")
                                .withRuntimeOptions(runtimeOptions)
                                .withEnvironment("_JAVA_OPTIONS", javaOptions));
        RealmDocument realm = realm().mailTo("127.0.0.1", smtp.port());
        AdminApi.of(server).createRealm(realm.liftLimits().json());
        Decisions decisions = new Decisions();
        smtp.handOn(decisions::mailed);
        return new Contestant(server, () -> {}, parties(server), decisions);
    }

    private static HttpServer stub(ExecutorService threads, Decisions decisions) {
        HttpServer stub = LoopbackHttp.onAnyPort();
        stub.setExecutor(threads);
        stub.createContext(
                "/",
                call -> {
                    byte[] body = call.getRequestBody().readAllBytes();
                    call.sendResponseHeaders(CREATED, -1);
                    call.close();
                    decisions.called(call.getRequestHeaders().getFirst("Authorization"), body);
                });
        stub.start();
        return stub;
    }

    /** The interval is shorter than the pace of any poll here, so that none is early. */
    private static RealmDocument realm() {
        RealmDocument realm = RealmDocument.shipped().named(REALM).cheap();
        realm.json().put("eventsEnabled", false);
        realm.attribute("cibaInterval", "1");
        realm.attribute("cibaExpiresIn", LONG);
        for (int i = 0; i < CLIENTS; i++) {
            realm.addClient("c" + i, "c" + i + "-secret");
        }
        for (int i = 0; i < USERS; i++) {
            realm.addUser("user-" + i).remove("credentials");
        }
        for (int i = 0; i < ClosedLoop.CALLERS; i++) {
            realm.addUser(Decisions.USER + i).remove("credentials");
        }
        return realm;
    }

    private static List<RelyingParty> parties(KeycloakServer server) {
        return IntStream.range(0, CLIENTS)
                .mapToObj(i -> RelyingParty.of(server, REALM, "c" + i, "c" + i + "-secret"))
                .toList();
    }

    /** The same server, called at Keycloak's own endpoints. */
    Contestant atKeycloaksEndpoints() {
        return new Contestant(
                server,
                () -> {},
                parties.stream().map(RelyingParty::atKeycloakEndpoints).toList(),
                decisions);
    }

    /**
     * A request that nobody decides.
     *
     * @param party its client
     */
    record Pending(RelyingParty party, String authReqId) {
        /** False if the server says that it came too early. */
        boolean poll() {
            Answer answer = party.poll(authReqId);
            if (answer.error().equals("slow_down")) {
                return false;
            }
            require(answer, "authorization_pending");
            return true;
        }
    }

    /** Starts requests that live as long as the run. */
    List<Pending> open(int number) {
        return IntStream.range(0, number).parallel().mapToObj(i -> start(LONG)).toList();
    }

    /** Starts a request that is over soon. */
    void start() {
        start(SHORT);
    }

    private Pending start(String expiry) {
        int number = started.getAndIncrement();
        RelyingParty party = parties.get(number % CLIENTS);
        Form form =
                Form.of("scope", "openid", "login_hint", "user-" + number / CLIENTS % USERS)
                        .and("requested_expiry", expiry);
        Answer answer = party.start(form);
        require(answer, "");
        return new Pending(party, answer.authReqId());
    }

    /** A whole request: it is started, the user approves, and the tokens are fetched. */
    void approved(int caller) {
        RelyingParty party = parties.get(caller % CLIENTS);
        String user = Decisions.USER + caller;
        Answer started =
                party.start(
                        Form.of("scope", "openid", "login_hint", user)
                                .and("requested_expiry", SHORT));
        require(started, "");
        require(decisions.approve(user, party), "");
        require(party.poll(started.authReqId()), "");
    }

    /** Asks for a token that nobody knows: client authentication and little else. */
    void introspect() {
        RelyingParty party = parties.get(0);
        require(
                party.send(
                        server.url(
                                "/realms/" + REALM + "/protocol/openid-connect/token/introspect"),
                        Form.of("token", "unknown")),
                "");
    }

    private static void require(Answer answer, String error) {
        if (!answer.error().equals(error) || (error.isEmpty() && answer.status() != OK)) {
            throw new IllegalStateException("Unexpected: " + answer.status() + answer.body());
        }
    }

    KeycloakServer server() {
        return server;
    }

    /**
     * Processor time that the server has used, in seconds: as the system counts it, because the
     * server's own metrics cost more the more its caches hold.
     */
    double processorSeconds() {
        return server.process().info().totalCpuDuration().orElseThrow().toNanos() / NANOS;
    }

    @Override
    public void close() {
        server.close();
        stopChannel.run();
    }
}

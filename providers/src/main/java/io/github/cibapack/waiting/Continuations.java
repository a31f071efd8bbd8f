// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import io.github.cibapack.store.OwnTransaction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * The threads for what follows a wait. Each piece of work has a session of its own: that of the
 * call has ended. It needs this server and its database only, so it is never long.
 */
public final class Continuations implements AutoCloseable {
    private static final int THREADS = 8;

    private final KeycloakSessionFactory sessions;
    private final ExecutorService threads;

    /**
     * Threads.
     *
     * @param name how they are called
     */
    public Continuations(KeycloakSessionFactory sessions, String name) {
        this.sessions = sessions;
        this.threads = Executors.newFixedThreadPool(THREADS, threadsNamed(name));
    }

    /**
     * Does a piece of work and commits it.
     *
     * @param realmId internal id of the realm that the session is for
     */
    public <T> CompletionStage<T> run(String realmId, Function<KeycloakSession, T> work) {
        return CompletableFuture.supplyAsync(
                () -> new OwnTransaction(sessions, realmId).run(work::apply), threads);
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /** Threads that do not keep the server from stopping. */
    public static ThreadFactory threadsNamed(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

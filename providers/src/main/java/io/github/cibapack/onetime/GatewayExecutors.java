// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.waiting.Continuations;
import io.github.cibapack.waiting.HeldConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * The threads for work outside of requests, each piece in a session of its own. Calls of other
 * servers have threads of their own, and limits in number and time: a server that hangs keeps no
 * other work waiting, and a check for which there is no place is told so.
 */
final class GatewayExecutors implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GatewayExecutors.class);

    private static final int REMOTE = 16;
    private static final int REMOTE_LOOKS = 4;
    private static final int MOST_REMOTE = 256;

    /** Gateways give up after about a minute. */
    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(30);

    private static final int PATIENCE_SECONDS = 3;
    private static final int RETRY_AFTER_SECONDS = 10;

    private final KeycloakSessionFactory sessions;
    private final Continuations quick;
    private final ThreadPoolExecutor remote =
            pool("ciba-remote", REMOTE, new ArrayBlockingQueue<>(MOST_REMOTE));
    private final ExecutorService remoteLooks =
            pool("ciba-remote-look", REMOTE_LOOKS, new LinkedBlockingQueue<>());
    private volatile boolean open = true;

    GatewayExecutors(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
        this.quick = new Continuations(sessions, "ciba-gateway");
    }

    /**
     * Does what needs this server and its database only.
     *
     * @param realmId internal id of the realm that the session is for
     */
    <T> CompletionStage<T> runLocal(String realmId, Function<KeycloakSession, T> work) {
        return quick.run(realmId, work);
    }

    /**
     * Does what calls another server.
     *
     * @param realmId internal id of the realm that the session is for
     * @param connection of the caller: once it is closed, the work is not begun
     * @return fails with {@link RefusedCheckException} if too many calls wait, if this one has
     *     waited for too long, or if this server stops
     */
    <T> CompletionStage<T> runRemote(
            String realmId, HeldConnection connection, Function<KeycloakSession, T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        long asked = System.nanoTime();
        Runnable task =
                () -> {
                    if (!open || System.nanoTime() - asked > LONGEST_QUEUE.toNanos()) {
                        result.completeExceptionally(tooMany());
                    } else if (connection.isOpen()) {
                        result.completeAsync(
                                () -> new OwnTransaction(sessions, realmId).run(work::apply),
                                Runnable::run);
                    }
                };
        try {
            remote.execute(task);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(tooMany());
        }
        if (!open && remote.remove(task)) {
            task.run();
        }
        connection.whenClosed(() -> remote.remove(task));
        return result;
    }

    private static RefusedCheckException tooMany() {
        return RefusedCheckException.unavailable(
                "Too many requests wait for another token provider.", RETRY_AFTER_SECONDS);
    }

    /** How many calls of other servers run or wait for their turn. */
    int countRemote() {
        return remote.getActiveCount() + remote.getQueue().size();
    }

    /** For calls of other servers for checks that are held: these may be late. */
    Executor remoteLooks() {
        return remoteLooks;
    }

    /** Refuses what has not begun: its callers are told to ask again, on another node. */
    void release() {
        open = false;
        List<Runnable> queued = new ArrayList<>();
        remote.getQueue().drainTo(queued);
        queued.forEach(Runnable::run);
    }

    /** Waits a little for the answers of other servers, which give each of them once. */
    @Override
    public void close() {
        release();
        quick.close();
        remote.shutdown();
        remoteLooks.shutdown();
        try {
            if (remote.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    && remoteLooks.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
            LOG.warn("Token providers were being called when the server stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadPoolExecutor pool(
            String name, int threads, BlockingQueue<Runnable> queue) {
        return new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, queue, Continuations.threadsNamed(name));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands on loopback between two that talk over TCP, and does to what they say what a network does:
 * cuts it off, holds it back, delays it.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int BACKLOG = 200;

    private final ServerSocket socket;
    private final int target;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "tcp-proxy");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong heldAnswers = new AtomicLong();
    private volatile boolean cut;
    private volatile Duration delay = Duration.ZERO;
    private volatile CountDownLatch questions = new CountDownLatch(0);
    private volatile CountDownLatch answers = new CountDownLatch(0);

    private TcpProxy(ServerSocket socket, int target) {
        this.socket = socket;
        this.target = target;
    }

    /** Listens on any free port and forwards to this one of loopback. */
    public static TcpProxy to(int target) {
        return at(0, target);
    }

    /** The same on this port. */
    public static TcpProxy at(int port, int target) {
        try {
            ServerSocket socket = new ServerSocket();
            FreePort.bind(port, address -> socket.bind(address, BACKLOG));
            TcpProxy proxy = new TcpProxy(socket, target);
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Ends all connections, and each new one at once. */
    public void cut() {
        cut = true;
        hangUp();
    }

    /** Ends all connections; new ones are good. */
    public void hangUp() {
        open.forEach(TcpProxy::close);
    }

    /** Forwards again after {@link #cut}. */
    public void restore() {
        cut = false;
    }

    /** Lets nothing pass, connections open. */
    public void freeze() {
        questions = new CountDownLatch(1);
        holdAnswers();
    }

    /** Lets calls pass and holds what is answered. */
    public void holdAnswers() {
        heldAnswers.set(0);
        answers = new CountDownLatch(1);
    }

    /** How many pieces of answers have been held back since {@link #holdAnswers}. */
    public long heldAnswers() {
        return heldAnswers.get();
    }

    /** Lets everything pass that was held back, and what follows. */
    public void thaw() {
        questions.countDown();
        answers.countDown();
    }

    /** How long each piece takes on its way, in both directions. */
    public void delay(Duration time) {
        delay = time;
    }

    /** How many connections there are. */
    public int connections() {
        return open.size() / 2;
    }

    @Override
    public void close() {
        close(socket);
        thaw();
        hangUp();
        threads.shutdownNow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket caller = socket.accept();
                if (cut) {
                    caller.close();
                } else {
                    threads.execute(() -> connect(caller));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket caller) {
        try (caller;
                Socket called = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(caller);
            open.add(called);
            if (cut) {
                return;
            }
            caller.setTcpNoDelay(true);
            called.setTcpNoDelay(true);
            threads.execute(() -> forward(called, caller, true));
            forward(caller, called, false);
        } catch (IOException targetIsGone) {
            // as is the connection
        } finally {
            open.remove(caller);
        }
    }

    /** Until one side hangs up; then the other one hangs up, too. */
    private void forward(Socket from, Socket to, boolean isAnswer) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                pass(isAnswer);
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException hungUp) {
            // as is told to the other side
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private void pass(boolean isAnswer) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(delay.toMillis());
        CountDownLatch gate = isAnswer ? answers : questions;
        if (isAnswer && gate.getCount() > 0) {
            heldAnswers.incrementAndGet();
        }
        gate.await();
    }

    private static void close(Closeable one) {
        try {
            one.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

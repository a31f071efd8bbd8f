// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import io.github.cibapack.it.server.SeenSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;

/**
 * An SMTP server that misbehaves as told. It speaks just enough of RFC 5321, with TLS (RFC 3207)
 * and a login (RFC 4954) where told, and writes down what it accepted and how often it was tried.
 */
public final class ScriptedSmtp implements AutoCloseable {

    /** What the server does with the next mails. */
    public enum Mood {
        /** Accepts everything. */
        GOOD,
        /** Accepts the connection and never says a word. */
        SILENT,
        /** Greets with 421. */
        BUSY,
        /** Answers 451 to the recipient. */
        GREYLISTING,
        /** Answers 550 to the recipient. */
        UNKNOWN_RECIPIENT,
        /** Reads the whole message and refuses it with 554, as a spam filter does. */
        UNWANTED_MESSAGE,
        /** Closes the connection in the middle of the message. */
        DROPS_MID_MESSAGE,
        /** Keeps the message and closes the connection without a word about it. */
        DROPS_AFTER_FINAL_DOT
    }

    /** What the server does once it has taken so many mails over one connection. */
    public enum Limit {
        /** Closes the connection as soon as it has taken the last one. */
        HANGS_UP,
        /** Answers 421 to the next sender and closes the connection. */
        CLOSES,
        /** Answers 451 to the next sender, and to any other over this connection. */
        DEFERS
    }

    /** When a connection becomes a secret one. */
    public enum Encryption {
        NONE,
        /** From the client's command {@code STARTTLS} on; without it no mail is taken. */
        STARTTLS,
        /** From the first byte on. */
        IMPLICIT
    }

    private final ServerSocket socket;
    private final ExecutorService connections = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<ReceivedMail> accepted = new CopyOnWriteArrayList<>();
    private final List<ReceivedMail> refused = new CopyOnWriteArrayList<>();
    private final List<Mood> tries = new CopyOnWriteArrayList<>();
    private final List<String> envelopeSenders = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.GOOD;
    private volatile Duration delay = Duration.ZERO;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile Encryption encryption = Encryption.NONE;
    private volatile SSLContext certificates;
    private volatile String login;
    private volatile int mostMails = Integer.MAX_VALUE;
    private volatile Limit limit = Limit.CLOSES;
    private volatile Duration pause = Duration.ZERO;
    private final AtomicInteger connectionCount = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();
    private final List<Consumer<String>> readers = new CopyOnWriteArrayList<>();
    private volatile boolean onlyCounts;
    private final AtomicInteger goodbyes = new AtomicInteger();

    private ScriptedSmtp(ServerSocket socket) {
        this.socket = socket;
    }

    /** Starts on any free port of loopback. */
    public static ScriptedSmtp start() {
        return startAt(0);
    }

    /**
     * Starts where a server reaches it.
     *
     * @param bindAddress where to listen, see {@code KeycloakServer.smtpBindAddress}
     */
    public static ScriptedSmtp startFor(String bindAddress) {
        return startAt(new InetSocketAddress(bindAddress, 0));
    }

    /** Starts on a given port of loopback, where a server has been sent in vain before. */
    public static ScriptedSmtp startAt(int port) {
        return startAt(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static ScriptedSmtp startAt(InetSocketAddress address) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address);
            ScriptedSmtp server = new ScriptedSmtp(socket);
            server.connections.execute(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** From the next mail on, over a new connection or an open one. */
    public ScriptedSmtp become(Mood next) {
        mood = next;
        return this;
    }

    /** From the next connection on. */
    public ScriptedSmtp encrypt(Encryption when, SSLContext serverCertificates) {
        certificates = serverCertificates;
        encryption = when;
        return this;
    }

    /** Takes mail only from who has given this name and password, and no password in the clear. */
    public ScriptedSmtp requireLogin(String user, String password) {
        SeenSecrets.add(password);
        login = "\0" + user + "\0" + password;
        return this;
    }

    /** Keeps no mail, so that it is no load beside what is measured. */
    public ScriptedSmtp onlyCount() {
        onlyCounts = true;
        return this;
    }

    /**
     * Keeps no mail either, and hands each to somebody as it came, before its sender is answered.
     */
    public ScriptedSmtp handOn(Consumer<String> reader) {
        readers.add(reader);
        return onlyCount();
    }

    /** How many mails it has taken. */
    public int count() {
        return count.get();
    }

    /** Takes so many mails over one connection. */
    public ScriptedSmtp limit(int mails, Limit what) {
        mostMails = mails;
        limit = what;
        return this;
    }

    /** How long it says nothing to who connects. */
    public ScriptedSmtp greetAfter(Duration time) {
        pause = time;
        return this;
    }

    /** Hangs up on everybody, as servers do with who is idle. */
    public void hangUp() {
        try {
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long it thinks before it accepts a message. */
    public ScriptedSmtp thinkFor(Duration time) {
        delay = time;
        return this;
    }

    /** Keeps messages without a word until {@link #goOn}. */
    public ScriptedSmtp hold() {
        held = new CountDownLatch(1);
        return this;
    }

    /** Accepts what was held back. */
    public void goOn() {
        held.countDown();
    }

    /** The mails that it has taken, copies included. */
    public List<ReceivedMail> accepted() {
        return List.copyOf(accepted);
    }

    /** Those of one authentication request. */
    public List<ReceivedMail> acceptedFor(String authReqId) {
        return accepted.stream().filter(mail -> mail.mentions(authReqId)).toList();
    }

    /** Waits for the first message that was read and refused: nobody got the link in it. */
    public ReceivedMail awaitRefused() {
        Awaitility.await("a mail that is refused")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !refused.isEmpty());
        return refused.get(0);
    }

    /** What stood behind {@code MAIL FROM}. */
    public List<String> envelopeSenders() {
        return List.copyOf(envelopeSenders);
    }

    /** One entry for each connection, and for each mail over it after the first. */
    public List<Mood> tries() {
        return List.copyOf(tries);
    }

    /** How many connections it has had. */
    public int connections() {
        return connectionCount.get();
    }

    /** How many of them their clients have ended with {@code QUIT}. */
    public int goodbyes() {
        return goodbyes.get();
    }

    /** How many connections it has now. */
    public int openConnections() {
        return open.size();
    }

    @Override
    public void close() {
        try {
            socket.close();
            hangUp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            connections.shutdownNow();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.execute(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        connectionCount.incrementAndGet();
        open.add(connection);
        try (connection) {
            new SmtpConversation(this, connection).run();
        } catch (IOException hungUp) {
            // as told, or by the other side
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    /** What it does with the mail that begins. */
    Mood begin() {
        Mood now = mood;
        if (!onlyCounts) {
            tries.add(now);
        }
        return now;
    }

    Encryption encryption() {
        return encryption;
    }

    SSLContext certificates() {
        return certificates;
    }

    String login() {
        return login;
    }

    Duration pause() {
        return pause;
    }

    boolean isOverLimit(int mails) {
        return mails >= mostMails;
    }

    Limit limit() {
        return limit;
    }

    void goodbye() {
        goodbyes.incrementAndGet();
    }

    void envelopeSender(String address) {
        if (!onlyCounts) {
            envelopeSenders.add(address);
        }
    }

    /** Thinks as long as told, then writes the message down. */
    void note(String message, boolean isWanted) throws InterruptedException {
        Thread.sleep(delay.toMillis());
        held.await();
        if (isWanted) {
            count.incrementAndGet();
            readers.forEach(reader -> reader.accept(message));
        }
        if (onlyCounts) {
            return;
        }
        note(message, isWanted ? accepted : refused);
    }

    private void note(String message, List<ReceivedMail> taken) {
        ReceivedMail received = ReceivedMail.parse(message);
        received.to().forEach(SeenSecrets::add);
        String link = received.magicLink().toString();
        SeenSecrets.add(link);
        SeenSecrets.add(link.substring(link.lastIndexOf('/') + 1));
        taken.add(received);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import io.github.cibapack.it.server.SeenSecrets;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;

/**
 * An SMTP server that misbehaves as told. It speaks just enough of RFC 5321 for one mail per
 * connection, with TLS (RFC 3207) and a login (RFC 4954) where told, and writes down what it
 * accepted and how often it was tried.
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

    /** From the next connection on. */
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

    /** One entry for each connection that it has served. */
    public List<Mood> tries() {
        return List.copyOf(tries);
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
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
        Mood now = mood;
        tries.add(now);
        open.add(connection);
        try (connection) {
            new Conversation(connection, now).run();
        } catch (IOException hungUp) {
            // as told, or by the other side
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    private void note(String message, List<ReceivedMail> taken) {
        try {
            MimeMessage mail =
                    new MimeMessage(
                            Session.getInstance(new Properties()),
                            new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
            ReceivedMail received = ReceivedMail.of(mail);
            received.to().forEach(SeenSecrets::add);
            String link = received.magicLink().toString();
            SeenSecrets.add(link);
            SeenSecrets.add(link.substring(link.lastIndexOf('/') + 1));
            taken.add(received);
        } catch (MessagingException e) {
            throw new IllegalArgumentException("Not a mail that can be read", e);
        }
    }

    private final class Conversation {
        private final Mood now;
        private final Encryption when = encryption;
        private final String wantedLogin = login;
        private Socket connection;
        private BufferedReader in;
        private boolean isSecret;
        private boolean isLoggedIn = login == null;

        Conversation(Socket connection, Mood now) throws IOException {
            this.now = now;
            use(connection);
            if (when == Encryption.IMPLICIT) {
                encrypt();
            }
        }

        private void use(Socket next) throws IOException {
            connection = next;
            in =
                    new BufferedReader(
                            new InputStreamReader(next.getInputStream(), StandardCharsets.UTF_8));
        }

        private void encrypt() throws IOException {
            SSLSocket secret =
                    (SSLSocket)
                            certificates
                                    .getSocketFactory()
                                    .createSocket(connection, null, connection.getPort(), true);
            secret.setUseClientMode(false);
            use(secret);
            isSecret = true;
        }

        private boolean isSecretEnough() {
            return when == Encryption.NONE || isSecret;
        }

        private void hello() throws IOException {
            if (!isSecretEnough()) {
                reply("250-scripted");
                reply("250 STARTTLS");
            } else if (wantedLogin != null) {
                reply("250-scripted");
                reply("250 AUTH PLAIN");
            } else {
                reply("250 scripted");
            }
        }

        /** RFC 4616 §2: who is acted for, if anybody, then the name and the password. */
        private void authenticate(String line) throws IOException {
            String answer = line.substring("AUTH PLAIN ".length());
            SeenSecrets.add(answer);
            String plain = new String(Base64.getDecoder().decode(answer), StandardCharsets.UTF_8);
            isLoggedIn = isSecretEnough() && plain.endsWith(wantedLogin);
            reply(isLoggedIn ? "235 Welcome" : "535 5.7.8 Who are you?");
        }

        void run() throws IOException, InterruptedException {
            if (now == Mood.SILENT) {
                in.readLine();
                return;
            }
            if (now == Mood.BUSY) {
                reply("421 Come back later");
                return;
            }
            reply("220 scripted ESMTP");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
                switch (command) {
                    case "EHLO" -> hello();
                    case "HELO", "RSET", "NOOP" -> reply("250 OK");
                    case "STARTTLS" -> {
                        reply("220 Go ahead");
                        encrypt();
                    }
                    case "AUTH" -> authenticate(line);
                    case "MAIL" -> {
                        if (isSecretEnough() && isLoggedIn) {
                            envelopeSenders.add(bracketed(line));
                            reply("250 OK");
                        } else {
                            reply("530 5.7.0 Encryption and login are required");
                        }
                    }
                    case "RCPT" -> reply(recipient(line));
                    case "DATA" -> {
                        reply("354 Go ahead");
                        if (!data()) {
                            return;
                        }
                    }
                    case "QUIT" -> {
                        reply("221 Bye");
                        return;
                    }
                    default -> reply("502 Not implemented");
                }
            }
        }

        private String recipient(String line) {
            String address = bracketed(line);
            return switch (now) {
                case GREYLISTING -> "451 4.7.1 <" + address + "> is greylisted";
                case UNKNOWN_RECIPIENT -> "550 5.1.1 <" + address + "> is not here";
                default -> "250 OK";
            };
        }

        private static String bracketed(String line) {
            return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        }

        private boolean data() throws IOException, InterruptedException {
            StringBuilder message = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (now == Mood.DROPS_MID_MESSAGE) {
                    return false;
                }
                if (line.equals(".")) {
                    Thread.sleep(delay.toMillis());
                    held.await();
                    boolean isUnwanted = now == Mood.UNWANTED_MESSAGE;
                    note(message.toString(), isUnwanted ? refused : accepted);
                    if (now == Mood.DROPS_AFTER_FINAL_DOT) {
                        return false;
                    }
                    reply(isUnwanted ? "554 Not wanted here" : "250 Taken");
                    return true;
                }
                message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            }
            return false;
        }

        private void reply(String line) throws IOException {
            connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            connection.getOutputStream().flush();
        }
    }
}

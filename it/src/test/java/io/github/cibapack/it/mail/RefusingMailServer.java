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
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A mail server that reads the whole mail and then refuses it, as a spam filter does: the sender
 * knows that nothing was delivered, the test knows what would have been.
 */
public final class RefusingMailServer implements AutoCloseable {

    private static final int TIME_LIMIT_SECONDS = 20;

    private final ServerSocket socket;
    private final BlockingQueue<ReceivedMail> refused = new LinkedBlockingQueue<>();

    private RefusingMailServer(ServerSocket socket) {
        this.socket = socket;
    }

    /**
     * Starts on any free port.
     *
     * @param bindAddress where to listen, see {@code KeycloakServer.smtpBindAddress}
     */
    public static RefusingMailServer start(String bindAddress) {
        try {
            RefusingMailServer server =
                    new RefusingMailServer(
                            new ServerSocket(0, 10, InetAddress.getByName(bindAddress)));
            Thread thread = new Thread(server::serve, "refusing-mail-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Waits for the next mail that was refused; it holds a magic link. */
    public ReceivedMail awaitRefused() {
        try {
            ReceivedMail mail = refused.poll(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
            if (mail == null) {
                throw new AssertionError("No mail came within " + TIME_LIMIT_SECONDS + " s");
            }
            String link = mail.magicLink().toString();
            SeenSecrets.add(link.substring(link.lastIndexOf('/') + 1));
            return mail;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for mail", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                converse(connection);
            } catch (IOException | MessagingException closedOrHungUp) {
                // The next sender gets the next connection.
            }
        }
    }

    private void converse(Socket connection) throws IOException, MessagingException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                connection.getInputStream(), StandardCharsets.ISO_8859_1));
        Writer out =
                new OutputStreamWriter(connection.getOutputStream(), StandardCharsets.US_ASCII);
        say(out, "220 refuses.example");
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            if (command.equals("QUIT")) {
                say(out, "221 Bye");
                return;
            }
            if (command.equals("DATA")) {
                say(out, "354 Go on");
                refused.add(mailIn(in));
                say(out, "554 Not wanted here");
            } else {
                say(out, "250 Fine");
            }
        }
    }

    private static ReceivedMail mailIn(BufferedReader in) throws IOException, MessagingException {
        StringBuilder data = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                break;
            }
            // RFC 5321 §4.5.2: a dot at the start of a line was doubled.
            data.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        byte[] bytes = data.toString().getBytes(StandardCharsets.ISO_8859_1);
        Session session = Session.getInstance(new Properties());
        return ReceivedMail.of(new MimeMessage(session, new ByteArrayInputStream(bytes)));
    }

    private static void say(Writer out, String line) throws IOException {
        out.write(line + "\r\n");
        out.flush();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An SMTP server that knows nobody: every recipient gets 550 (RFC 5321 §4.2.3). */
final class RefusingMailServer implements AutoCloseable {

    private final ServerSocket socket;

    private RefusingMailServer(ServerSocket socket) {
        this.socket = socket;
    }

    static RefusingMailServer start() {
        try {
            RefusingMailServer server =
                    new RefusingMailServer(
                            new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(server::serve, "refusing-mail-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                converse(client);
            } catch (IOException closedOrGone) {
                // the next one, if there is any
            }
        }
    }

    private static void converse(Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        say(out, "220 refusing.example");
        String line = in.readLine();
        while (line != null) {
            say(out, answerTo(line.toUpperCase(Locale.ROOT)));
            line = in.readLine();
        }
    }

    private static String answerTo(String command) {
        if (command.startsWith("RCPT")) {
            return "550 no such mailbox";
        }
        return command.startsWith("QUIT") ? "221 bye" : "250 fine";
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}

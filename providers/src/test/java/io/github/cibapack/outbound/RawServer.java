// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;

/** Somebody else's server that answers each call with the same bytes, whatever they are. */
public final class RawServer implements AutoCloseable {
    private static final int BACKLOG = 50;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final String LENGTH = "content-length:";

    private final ServerSocket server;
    private volatile byte[] answer = {};

    private RawServer(ServerSocket server) {
        this.server = server;
    }

    public static RawServer start() {
        try {
            RawServer raw =
                    new RawServer(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread server = new Thread(raw::serve, "raw-server");
            server.setDaemon(true);
            server.start();
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers so from now on. */
    public RawServer answering(byte[] bytes) {
        answer = bytes.clone();
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    /** The pack's own client, which may call this server. */
    public OutboundClient client() {
        return new OutboundClient(
                new OutboundRules(true, true),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                SystemDefaultDnsResolver.INSTANCE,
                OutboundLimits.DEFAULT.withTotal(Duration.ofSeconds(20)));
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket call = server.accept()) {
                read(call.getInputStream());
                call.getOutputStream().write(answer);
                call.shutdownOutput();
            } catch (IOException e) {
                // the caller has heard enough, or the server is closed
            }
        }
    }

    /** To its end, as an answer is lost where something is left unread. */
    private static void read(InputStream call) throws IOException {
        StringBuilder head = new StringBuilder();
        byte[] last = new byte[END_OF_HEAD.length];
        while (!Arrays.equals(last, END_OF_HEAD)) {
            int next = call.read();
            if (next < 0) {
                return;
            }
            System.arraycopy(last, 1, last, 0, last.length - 1);
            last[last.length - 1] = (byte) next;
            head.append((char) next);
        }
        head.toString()
                .lines()
                .filter(line -> line.regionMatches(true, 0, LENGTH, 0, LENGTH.length()))
                .map(line -> line.substring(LENGTH.length()).strip())
                .findFirst()
                .map(Integer::valueOf)
                .ifPresent(length -> skip(call, length));
    }

    private static void skip(InputStream call, int length) {
        try {
            call.skipNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Properties;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

class NoDelaySocketsTest {

    @Test
    void plainConnectionOfAMailServerSendsTheEndOfAMailAtOnce() throws Exception {
        Properties properties =
                new SmtpSettings(
                                Map.of("from", "noreply@ciba-demo.example"),
                                "Realm",
                                new SmtpTimeouts(1, 1))
                        .properties(null);
        SocketFactory sockets = (SocketFactory) properties.get("mail.smtp.socketFactory");

        assertNoDelay(sockets.createSocket());
    }

    @Test
    void plainSocketsDoHoweverTheyAreMade() throws Exception {
        assertNoDelayOfAll(new NoDelaySockets());
    }

    @Test
    void socketsWithTlsDoHoweverTheyAreMade() throws Exception {
        SSLSocketFactory sockets =
                new NoDelaySslSockets((SSLSocketFactory) SSLSocketFactory.getDefault());

        assertNoDelayOfAll(sockets);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket plain = new Socket(server.getInetAddress(), server.getLocalPort())) {
            assertNoDelay(sockets.createSocket(plain, "localhost", plain.getPort(), true));
        }
        assertThat(sockets.getDefaultCipherSuites()).isNotEmpty();
        assertThat(sockets.getSupportedCipherSuites()).isNotEmpty();
    }

    private static void assertNoDelayOfAll(SocketFactory sockets) throws Exception {
        assertNoDelay(sockets.createSocket());
        InetAddress local = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 4, local)) {
            int port = server.getLocalPort();
            assertNoDelay(sockets.createSocket(local, port));
            assertNoDelay(sockets.createSocket(local, port, local, 0));
            assertNoDelay(sockets.createSocket(local.getHostName(), port));
            assertNoDelay(sockets.createSocket(local.getHostName(), port, local, 0));
        }
    }

    private static void assertNoDelay(Socket socket) throws Exception {
        try (socket) {
            assertThat(socket.getTcpNoDelay()).isTrue();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void portWithAServerIsNotFree() throws IOException {
        int port = FreePort.any();

        try (ServerSocket taken = listenAt(port)) {
            assertThat(FreePort.isFree(taken.getLocalPort())).isFalse();
        }

        assertThat(FreePort.isFree(port)).isTrue();
    }

    @Test
    void noTwoCallersGetOnePort() {
        assertThat(FreePort.any()).isNotEqualTo(FreePort.any());
    }

    @Test
    void serverOpensOnAPortThatIsLetGoSoon() throws Exception {
        int port = FreePort.any();
        ServerSocket taken = listenAt(port);
        CompletableFuture<HttpServer> opened =
                CompletableFuture.supplyAsync(() -> LoopbackHttp.onPort(port));

        assertThat(opened)
                .as("opened while another has the port")
                .failsWithin(200, TimeUnit.MILLISECONDS);
        taken.close();

        HttpServer server = opened.get(5, TimeUnit.SECONDS);
        assertThat(server.getAddress().getPort()).isEqualTo(port);
        server.stop(0);
    }

    private static ServerSocket listenAt(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}

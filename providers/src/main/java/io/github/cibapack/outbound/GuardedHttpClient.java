// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.message.BasicStatusLine;
import org.apache.http.protocol.HttpContext;

/** The guard as an HTTP client for classes of Keycloak that take one. */
@SuppressWarnings("deprecation") // two abstract methods of the library's class are
final class GuardedHttpClient extends CloseableHttpClient {
    private final OutboundClient outbound;

    GuardedHttpClient(OutboundClient outbound) {
        this.outbound = outbound;
    }

    @Override
    protected CloseableHttpResponse doExecute(
            HttpHost target, HttpRequest request, HttpContext context) throws IOException {
        if (!(request instanceof HttpRequestBase call)) {
            throw new IOException("Only requests of the library's own kinds can be judged");
        }
        try {
            return new Answered(outbound.answer(call));
        } catch (OutboundException e) {
            throw new IOException(e.failure().name(), e);
        }
    }

    @Override
    public void close() {
        // each call has a connection of its own
    }

    @Override
    public org.apache.http.params.HttpParams getParams() {
        throw new UnsupportedOperationException();
    }

    @Override
    public org.apache.http.conn.ClientConnectionManager getConnectionManager() {
        throw new UnsupportedOperationException();
    }

    /** An answer that has been read to its end. */
    private static final class Answered extends BasicHttpResponse implements CloseableHttpResponse {
        Answered(OutboundAnswer answer) {
            super(new BasicStatusLine(HttpVersion.HTTP_1_1, answer.status(), null));
            setEntity(new StringEntity(answer.text(), StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}

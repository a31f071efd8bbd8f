// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clientauth;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.ClientCertificate;
import io.github.cibapack.it.server.HttpsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Calls over TLS, with the certificate that tokens are bound to and without it. */
final class KeyHolder {
    static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    static final ClientCertificate OWN =
            HttpsServer.certificates().identity("CN=bound-pump,O=CIBA Demo");
    static final HttpClient WITH = HttpsServer.http(OWN.context());
    static final HttpClient WITHOUT = HttpsServer.http(HttpsServer.certificates().anonymous());

    private KeyHolder() {}

    /** Posts a form, with further headers as names and values. */
    static Answer post(HttpClient http, URI uri, Form form, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(HttpsServer.https(uri))
                        .timeout(TIME_LIMIT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.encoded()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return RelyingParty.exchange(http, request.build());
    }

    /** The header that shows a proof of possession; none if there is none. */
    static String[] dpop(String proof) {
        return proof == null ? new String[0] : new String[] {"DPoP", proof};
    }
}

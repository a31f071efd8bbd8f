// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.ssl.SSLContexts;

/** Connections on which the server shows a certificate of its own. */
final class ClientCertificate {
    private ClientCertificate() {}

    /**
     * A factory of such connections.
     *
     * @param trusted whom to trust; null for the JDK's own list
     */
    static SSLSocketFactory socketFactory(
            PrivateKey key, X509Certificate certificate, KeyStore trusted) {
        try {
            KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
            own.load(null, null);
            own.setKeyEntry("client", key, new char[0], new Certificate[] {certificate});
            return SSLContexts.custom()
                    .loadKeyMaterial(own, new char[0])
                    .loadTrustMaterial(trusted, null)
                    .build()
                    .getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The key pair cannot be used for TLS", e);
        }
    }
}

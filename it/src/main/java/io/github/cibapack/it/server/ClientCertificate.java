// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/**
 * What a client shows on its connections.
 *
 * @param subject its distinguished name
 * @param context connections that show the certificate and trust its authority
 * @param certificate the certificate itself
 */
public record ClientCertificate(String subject, SSLContext context, X509Certificate certificate) {

    /** What tokens are bound to: {@code x5t#S256} of RFC 8705 §3.1. */
    public String thumbprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has SHA-256 and X.509", e);
        }
    }
}

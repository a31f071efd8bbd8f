// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import io.github.cibapack.onetime.gateway.Headers;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.store.Hashes;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.http.HttpRequest;

/** Whether a call comes from the rule's gateway: by its secret, or by its TLS certificate. */
final class GatewayIdentity {
    private final HttpRequest request;

    GatewayIdentity(HttpRequest request) {
        this.request = request;
    }

    /** Either one is enough where the rule has both. */
    boolean isGatewayOf(OneTimeRule rule) {
        Optional<String> secret = rule.get(OneTimeRuleFactory.GATEWAY_SECRET);
        Optional<String> certificate = rule.get(OneTimeRuleFactory.GATEWAY_CERTIFICATE);
        return secret.filter(this::isSent).isPresent()
                || certificate.filter(this::isPresented).isPresent();
    }

    private boolean isSent(String secret) {
        List<String> sent = request.getHttpHeaders().getRequestHeader(Headers.SECRET);
        return sent != null && sent.size() == 1 && equal(secret, sent.get(0));
    }

    /** Of the connection itself, never of a header. */
    private boolean isPresented(String thumbprint) {
        X509Certificate[] chain = request.getClientCertificateChain();
        if (chain == null || chain.length == 0) {
            return false;
        }
        try {
            return equal(
                    thumbprint.replace(":", "").toLowerCase(Locale.ROOT),
                    Hashes.sha256(chain[0].getEncoded()));
        } catch (CertificateEncodingException e) {
            return false;
        }
    }

    /** Hashed first, so that the time tells nothing about the length either. */
    private static boolean equal(String expected, String found) {
        return Hashes.areEqual(Hashes.sha256(expected), Hashes.sha256(found));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.conn.DnsResolver;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.apache.http.ssl.SSLContexts;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.truststore.TruststoreProvider;

/**
 * Calls URLs that come from outside the server: from clients, from admins, from realm files. https
 * only, public addresses only, no redirects, no proxy, no cookies, limited in time and size; a
 * realm can allow http and private addresses.
 *
 * <p>Holds plain values and no session, so it may be made inside a request and used later in any
 * thread. A call holds up the transaction that it is made in: inside a request, only for what there
 * is no answer without, such as a key or a {@code request_uri}.
 */
public final class OutboundClient {

    /** Realm attribute: {@code true} lets the server call plain http URLs. */
    public static final String ALLOW_HTTP = "ciba.outbound.allow-http";

    /** Realm attribute: {@code true} lets the server call private, loopback and link-local. */
    public static final String ALLOW_PRIVATE = "ciba.outbound.allow-private";

    private final OutboundRules rules;
    private final SSLSocketFactory tls;
    private final DnsResolver dns;
    private final OutboundLimits limits;

    OutboundClient(
            OutboundRules rules, SSLSocketFactory tls, DnsResolver dns, OutboundLimits limits) {
        this.rules = rules;
        this.tls = tls;
        this.dns = dns;
        this.limits = limits;
    }

    private OutboundClient(RealmModel realm, SSLSocketFactory tls) {
        this(
                OutboundRules.of(realm),
                tls,
                SystemDefaultDnsResolver.INSTANCE,
                OutboundLimits.DEFAULT);
    }

    /** A client with the rules of the session's realm and the server's truststore. */
    public static OutboundClient of(KeycloakSession session) {
        return of(session, session.getContext().getRealm());
    }

    /** A client with the rules of a realm that need not be the session's. */
    public static OutboundClient of(KeycloakSession session, RealmModel realm) {
        TruststoreProvider truststore = session.getProvider(TruststoreProvider.class);
        return new OutboundClient(
                realm,
                truststore == null || truststore.getTruststore() == null
                        ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                        : truststore.getSSLSocketFactory());
    }

    /**
     * A client as above that shows a certificate to servers that ask for one (RFC 8705).
     *
     * @param key the certificate's key
     * @param certificate what is shown
     */
    public static OutboundClient of(
            KeycloakSession session, PrivateKey key, X509Certificate certificate) {
        TruststoreProvider truststore = session.getProvider(TruststoreProvider.class);
        return new OutboundClient(
                session.getContext().getRealm(),
                showing(key, certificate, truststore == null ? null : truststore.getTruststore()));
    }

    private static SSLSocketFactory showing(
            PrivateKey key, X509Certificate certificate, KeyStore trusted) {
        try {
            KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
            own.load(null, null);
            own.setKeyEntry("client", key, new char[0], new Certificate[] {certificate});
            return SSLContexts.custom()
                    .loadKeyMaterial(own, new char[0])
                    // null: those of the JDK's own list
                    .loadTrustMaterial(trusted, null)
                    .build()
                    .getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The key pair cannot be used for TLS", e);
        }
    }

    public OutboundClient within(OutboundLimits other) {
        return new OutboundClient(rules, tls, dns, other);
    }

    /**
     * Whether a URL could be called as far as its text tells: for validation when it is set.
     *
     * @throws OutboundException if its form or its scheme is not allowed
     */
    public void requireAllowed(String url) throws OutboundException {
        rules.require(url);
    }

    /**
     * Fetches a resource.
     *
     * @param headers request headers, {@code Authorization} for example
     * @return the answer, whatever its status
     * @throws OutboundException if there is none
     */
    public OutboundAnswer get(String url, Map<String, String> headers) throws OutboundException {
        return call(new HttpGet(rules.require(url)), headers);
    }

    /**
     * Posts a text.
     *
     * @param contentType media type without parameters, {@code application/json} for example
     * @param body sent as UTF-8
     * @param headers further request headers
     * @return the answer, whatever its status
     * @throws OutboundException if there is none
     */
    public OutboundAnswer post(
            String url, String contentType, String body, Map<String, String> headers)
            throws OutboundException {
        HttpPost request = new HttpPost(rules.require(url));
        request.setEntity(
                new ByteArrayEntity(
                        body.getBytes(StandardCharsets.UTF_8), ContentType.create(contentType)));
        return call(request, headers);
    }

    /**
     * Posts JSON that the other side takes by answering 2xx.
     *
     * @param headers further request headers
     * @param passes whether another answer is one after which it may be taken later
     * @throws UndeliveredException if it is not taken; names the failure or the status
     */
    public void deliver(
            String url, String json, Map<String, String> headers, Predicate<OutboundAnswer> passes)
            throws UndeliveredException {
        try {
            OutboundAnswer answer = post(url, "application/json", json, headers);
            if (!answer.isSuccess()) {
                throw UndeliveredException.of("status_" + answer.status(), passes.test(answer));
            }
        } catch (OutboundException e) {
            throw UndeliveredException.of(
                    e.failure().name().toLowerCase(Locale.ROOT), e.failure().isWorthRetrying());
        }
    }

    /** The same guard for classes of Keycloak that take an HTTP client. */
    public HttpClient asHttpClient() {
        return new GuardedHttpClient(this);
    }

    /** The answer to a request that a class of Keycloak has built. */
    OutboundAnswer answer(HttpRequestBase request) throws OutboundException {
        rules.require(request.getURI().toString());
        return call(request, Map.of());
    }

    private OutboundAnswer call(HttpRequestBase request, Map<String, String> headers)
            throws OutboundException {
        headers.forEach(request::setHeader);
        return new OutboundCall(
                        tls, new GuardedResolver(dns, rules.privateAllowed()), limits, request)
                .answer();
    }
}

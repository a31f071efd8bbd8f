// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** What other token providers publish about themselves, read anew every few minutes. */
final class DiscoveryDocuments {
    private static final String PATH = "/.well-known/openid-configuration";
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final int MOST = 1000;

    private final Cache<Key, OIDCProviderMetadata> documents =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FRESH).build();

    /** Each realm reads for itself: what it may call is its own setting. */
    private record Key(String realmId, Issuer issuer) {}

    /**
     * The document of an issuer.
     *
     * @throws IOException if it cannot be fetched
     * @throws ParseException if it is none, or another issuer's (OpenID Connect Discovery §4.3), or
     *     has no endpoint for CIBA
     */
    OIDCProviderMetadata of(String realmId, Issuer issuer, HTTPRequestSender sender)
            throws IOException, ParseException {
        Key key = new Key(realmId, issuer);
        OIDCProviderMetadata known = documents.getIfPresent(key);
        if (known != null) {
            return known;
        }
        // two at the same time read it twice, which is no harm
        OIDCProviderMetadata read = read(issuer, sender);
        documents.put(key, read);
        return read;
    }

    private static OIDCProviderMetadata read(Issuer issuer, HTTPRequestSender sender)
            throws IOException, ParseException {
        URI document = URI.create(issuer.getValue().replaceAll("/$", "") + PATH);
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, document);
        ReadOnlyHTTPResponse answer = request.send(sender);
        if (answer.getStatusCode() != Status.OK.getStatusCode()) {
            throw new IOException("The document is answered with " + answer.getStatusCode());
        }
        OIDCProviderMetadata provider =
                RemoteAnswer.read(() -> OIDCProviderMetadata.parse(answer.getBody()));
        if (!issuer.equals(provider.getIssuer())) {
            throw new ParseException("The issuer of the document is another one");
        }
        if (provider.getBackChannelAuthenticationEndpointURI() == null
                && provider.getMtlsEndpointAliases() == null) {
            throw new ParseException("The provider does not speak CIBA");
        }
        return provider;
    }
}

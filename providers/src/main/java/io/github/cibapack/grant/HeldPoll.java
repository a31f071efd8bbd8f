// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.audit.CallContext;
import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.links.ServerLinks;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.Requests;
import io.github.cibapack.scope.SessionView;
import io.github.cibapack.time.ServerClock;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.HttpRequest;
import org.keycloak.http.HttpResponse;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.util.DPoPUtil;

/**
 * A poll of a pending request whose client has been authenticated, to be answered later, in another
 * session. An assertion or a DPoP proof is good for one look (RFC 7523 §3, RFC 9449 §11.1): what
 * was found is kept, and what may have changed since is looked at again.
 *
 * @param realmId internal id of the realm
 * @param clientId internal id of the client
 * @param requestId of the request that is polled
 * @param expiresAt when that request is over, in seconds since 1970
 * @param correlationId of the HTTP request
 * @param http the HTTP request, whose certificate tokens may be bound to
 * @param httpResponse where Keycloak sets headers
 * @param connection of the caller, for events
 * @param clientAuthAttributes what the client's authentication has found out
 * @param form the parameters of the poll
 * @param proof the DPoP proof of the poll, if it has one
 */
public record HeldPoll(
        String realmId,
        String clientId,
        String requestId,
        long expiresAt,
        String correlationId,
        HttpRequest http,
        HttpResponse httpResponse,
        ClientConnection connection,
        Map<String, String> clientAuthAttributes,
        MultivaluedMap<String, String> form,
        Optional<Object> proof) {
    /** Assertions, proofs and certificates in headers are a few thousand. */
    private static final int MOST_CHARACTERS = 16 * 1024;

    static HeldPoll of(OAuth2GrantType.Context poll, OAuth2DeviceCodeModel request) {
        KeycloakSession session = poll.getSession();
        return new HeldPoll(
                poll.getRealm().getId(),
                poll.getClient().getId(),
                request.getDeviceCode(),
                request.getExpiration(),
                CorrelationId.of(session),
                withoutRequestScope(poll.getRequest()),
                poll.getResponse(),
                poll.getClientConnection(),
                Map.copyOf(poll.getClientAuthAttributes()),
                new MultivaluedHashMap<>(poll.getFormParams()),
                Optional.ofNullable(session.getAttribute(DPoPUtil.DPOP_SESSION_ATTRIBUTE)));
    }

    /** Keycloak looks these two up in the scope of the HTTP request, which will have ended. */
    private static HttpRequest withoutRequestScope(HttpRequest http) {
        X509Certificate[] certificates = http.getClientCertificateChain();
        boolean proxyTrusted = http.isProxyTrusted();
        return SessionView.of(
                HttpRequest.class,
                http,
                Map.of(
                        "getClientCertificateChain",
                        (arguments, original) -> certificates,
                        "isProxyTrusted",
                        (arguments, original) -> proxyTrusted));
    }

    /** The request that is polled, as long as it is known. */
    public Optional<AuthenticationRequest> request(KeycloakSession session) {
        return new Requests(session).find(requestId);
    }

    /** Whether the request has been decided or is over. As long as it is not, costs one look. */
    public boolean isOver(KeycloakSession session) {
        return isExpired() || new Outcomes(session).isDecided(requestId);
    }

    /** Whether the time of the request is over. */
    public boolean isExpired() {
        return ServerClock.seconds() > expiresAt;
    }

    /** So long, or until the request is over, which no decision tells. */
    public Duration atMost(Duration longest) {
        Duration left = Duration.ofSeconds(expiresAt + 1 - ServerClock.seconds());
        return left.compareTo(longest) < 0 ? left : longest;
    }

    /** Whether it may be kept while it waits: what a caller pads is not. */
    public boolean isSmall() {
        return Stream.concat(
                                form.entrySet().stream(),
                                http.getHttpHeaders().getRequestHeaders().entrySet().stream())
                        .mapToLong(HeldPoll::length)
                        .sum()
                <= MOST_CHARACTERS;
    }

    private static long length(Map.Entry<String, List<String>> parameter) {
        return parameter.getKey().length()
                + parameter.getValue().stream().mapToLong(String::length).sum();
    }

    /** Puts the HTTP request into a session of its own, whose realm is set. */
    public void enter(KeycloakSession later) {
        later.getContext().setHttpRequest(http);
        later.getContext().setHttpResponse(httpResponse);
        later.getContext().setConnection(connection);
        CorrelationId.carryOn(later, correlationId);
        CallContext.enterAs(later);
        proof.ifPresent(found -> later.setAttribute(DPoPUtil.DPOP_SESSION_ATTRIBUTE, found));
    }

    /**
     * Polls once more, without another authentication.
     *
     * @param later the session that was entered
     * @param event of the poll
     * @throws CorsErrorResponseException as Keycloak's token endpoint throws it, also where realm
     *     or client have gone or been disabled
     */
    public Response poll(KeycloakSession later, EventBuilder event) {
        RealmModel realm = later.getContext().getRealm();
        ClientModel client = realm.getClientById(clientId);
        Cors cors =
                later.getProvider(Cors.class)
                        .auth()
                        .allowedMethods("POST")
                        .exposedHeaders(Cors.ACCESS_CONTROL_ALLOW_METHODS);
        if (!realm.isEnabled() || client == null || !client.isEnabled()) {
            throw new CorsErrorResponseException(
                    cors,
                    OAuthErrorException.INVALID_CLIENT,
                    "The client is gone or disabled",
                    Response.Status.UNAUTHORIZED);
        }
        later.getContext().setClient(client);
        if (ServerLinks.here().have(() -> CheckedOrigins.class)) {
            CheckedOrigins.allow(cors, later, client);
        }
        OAuth2GrantType grant =
                later.getProvider(OAuth2GrantType.class, OAuth2Constants.CIBA_GRANT_TYPE);
        event.event(grant.getEventType())
                .client(client)
                .detail(Details.GRANT_TYPE, OAuth2Constants.CIBA_GRANT_TYPE)
                .detail(Details.CLIENT_AUTH_METHOD, client.getClientAuthenticatorType());
        return grant.process(
                new OAuth2GrantType.Context(
                        later,
                        OIDCAdvancedConfigWrapper.fromClientModel(client),
                        clientAuthAttributes,
                        form,
                        event,
                        cors,
                        new TokenManager()));
    }

    /** Without the parameters, which are secrets. */
    @Override
    public String toString() {
        return "HeldPoll[" + correlationId + "]";
    }
}

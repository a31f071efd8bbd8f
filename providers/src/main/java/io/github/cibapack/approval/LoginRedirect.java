// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.store.Hashes;
import io.github.cibapack.store.Ticket;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.urls.UrlType;

/**
 * The way to Keycloak's login and back. The login's redirect URI is written into Keycloak's events,
 * so it is one and the same for all requests; which page to return to stands in a cookie. What
 * comes back in the query is not looked at, and {@code response_type=none} leaves no code behind.
 */
final class LoginRedirect {
    static final String RETURN_PATH = "signed-in";

    private static final String COOKIE = "CIBA_RETURN_";
    private static final int STATE_LENGTH = 24;
    private static final int MAX_AGE_SECONDS = 1800;
    private static final Pattern STATE = Pattern.compile("[0-9a-f]{" + STATE_LENGTH + "}");

    /** The only pages that a login returns to; it is never an open redirect. */
    private static final Pattern PAGE =
            Pattern.compile("approve/[A-Za-z0-9_-]{1,128}|requests(/[A-Za-z0-9_.-]{1,128})?");

    private final KeycloakSession session;
    private final PageCookies cookies;

    LoginRedirect(KeycloakSession session) {
        this.session = session;
        this.cookies = new PageCookies(session);
    }

    boolean isPossible() {
        return client().isPresent();
    }

    /**
     * Sends the browser to the login.
     *
     * @param path the page to return to
     * @param ticket the request that is to be decided, if it is about one
     * @return nothing where the realm names no client to sign in through
     */
    Optional<Response> to(String path, Optional<Ticket> ticket) {
        return client().map(
                        client -> {
                            String state = Hashes.sha256(path).substring(0, STATE_LENGTH);
                            cookies.set(COOKIE + state, path, MAX_AGE_SECONDS);
                            return redirect(loginUri(client, state, ticket));
                        });
    }

    /** Sends the browser from the login to the page that it came from. */
    Optional<Response> back(String state) {
        return Optional.ofNullable(state)
                .filter(text -> STATE.matcher(text).matches())
                .flatMap(text -> cookies.get(COOKIE + text))
                .filter(path -> PAGE.matcher(path).matches())
                .map(path -> redirect(PageUris.page(session, path)));
    }

    private URI loginUri(ClientModel client, String state, Optional<Ticket> ticket) {
        UriBuilder uri =
                OIDCLoginProtocolService.authUrl(
                                session.getContext().getUri(UrlType.FRONTEND).getBaseUriBuilder())
                        .queryParam(OIDCLoginProtocol.CLIENT_ID_PARAM, "{client}")
                        .queryParam(OIDCLoginProtocol.REDIRECT_URI_PARAM, "{redirect}")
                        .queryParam(OIDCLoginProtocol.RESPONSE_TYPE_PARAM, "none")
                        .queryParam(OIDCLoginProtocol.SCOPE_PARAM, "openid")
                        .queryParam(OIDCLoginProtocol.STATE_PARAM, state);
        ticket.flatMap(open -> open.terms().level().map(level -> maxAge(open)))
                .ifPresent(
                        maxAge ->
                                uri.queryParam(OIDCLoginProtocol.MAX_AGE_PARAM, maxAge)
                                        .queryParam(OIDCLoginProtocol.ACR_PARAM, "{acr}"));
        return uri.resolveTemplate("realm", session.getContext().getRealm().getName())
                .resolveTemplate("client", client.getClientId())
                .resolveTemplate("redirect", PageUris.page(session, RETURN_PATH))
                .resolveTemplate("acr", ticket.flatMap(open -> open.terms().level()).orElse(""))
                .build();
    }

    /** A login that is not younger than the request does not count. */
    private static long maxAge(Ticket ticket) {
        return Math.max(0, Time.currentTimeSeconds() - ticket.createdAt() - 1);
    }

    private Optional<ClientModel> client() {
        return LoginClient.of(session.getContext().getRealm());
    }

    private static Response redirect(URI uri) {
        return Response.seeOther(uri)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}

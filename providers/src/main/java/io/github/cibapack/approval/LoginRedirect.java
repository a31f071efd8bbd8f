// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.store.Hashes;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
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
     * @param level the level to reach, if one is asked for
     * @param afresh whether the login that the browser may have is too old
     * @return nothing where the realm names no client to sign in through
     */
    Optional<Response> to(String path, Optional<String> level, boolean afresh) {
        return client().map(
                        client -> {
                            String state = stateOf(path);
                            cookies.set(COOKIE + state, path, MAX_AGE_SECONDS);
                            return SeeOther.to(loginUri(client, state, level, afresh).toString());
                        });
    }

    /** The state of the login that a page starts. */
    static String stateOf(String path) {
        return Hashes.sha256(path).substring(0, STATE_LENGTH);
    }

    /** Sends the browser from the login to the page that it came from. */
    Optional<Response> back(String state) {
        return Optional.ofNullable(state)
                .filter(text -> STATE.matcher(text).matches())
                .flatMap(text -> cookies.get(COOKIE + text))
                .filter(path -> PAGE.matcher(path).matches())
                .map(path -> SeeOther.to(PageUris.page(session, path).toString()));
    }

    private URI loginUri(ClientModel client, String state, Optional<String> level, boolean afresh) {
        UriBuilder uri =
                OIDCLoginProtocolService.authUrl(
                                session.getContext().getUri(UrlType.FRONTEND).getBaseUriBuilder())
                        .queryParam(OIDCLoginProtocol.CLIENT_ID_PARAM, "{client}")
                        .queryParam(OIDCLoginProtocol.REDIRECT_URI_PARAM, "{redirect}")
                        .queryParam(OIDCLoginProtocol.RESPONSE_TYPE_PARAM, "none")
                        .queryParam(OIDCLoginProtocol.SCOPE_PARAM, "openid")
                        .queryParam(OIDCLoginProtocol.STATE_PARAM, state);
        if (level.isPresent()) {
            uri.queryParam(OIDCLoginProtocol.ACR_PARAM, "{acr}");
        }
        if (afresh) {
            uri.queryParam(OIDCLoginProtocol.PROMPT_PARAM, OIDCLoginProtocol.PROMPT_VALUE_LOGIN);
        }
        return uri.resolveTemplate("realm", session.getContext().getRealm().getName())
                .resolveTemplate("client", client.getClientId())
                .resolveTemplate("redirect", PageUris.page(session, RETURN_PATH))
                .resolveTemplate("acr", level.orElse(""))
                .build();
    }

    private Optional<ClientModel> client() {
        return LoginClient.of(session.getContext().getRealm());
    }
}

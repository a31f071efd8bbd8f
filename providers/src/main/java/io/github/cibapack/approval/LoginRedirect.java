// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.store.Hashes;
import io.github.cibapack.store.PushedLogins;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.urls.UrlType;

/**
 * The way to Keycloak's login and back. The login's redirect URI is written into Keycloak's events,
 * so it is one and the same for all requests; which page to return to stands in a cookie. Of what
 * comes back in the query no more is believed than that the login has failed.
 */
final class LoginRedirect {
    static final String RETURN_PATH = "signed-in";

    private static final String COOKIE = "CIBA_RETURN_";
    private static final int STATE_LENGTH = 24;
    private static final int MAX_AGE_SECONDS = 1800;
    private static final String FAILURE_COOKIE = "CIBA_FAILURE_";
    private static final int FAILURE_SECONDS = 60;
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
     * @return empty if the realm names no client to sign in through
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

    /**
     * Sends the browser from the login to the page that it came from; to the list of requests if it
     * has no cookie that tells which one that was, as when the login was finished in another
     * browser.
     *
     * @param error of Keycloak's answer; null if the login has succeeded
     * @return empty if nobody signs in here
     */
    Optional<Response> back(String state, String error) {
        Optional<String> page = returnPath(state);
        if (error != null) {
            page.ifPresent(path -> fail(path, SignInFailure.of(error)));
        }
        return page.or(() -> client().map(client -> InboxResource.PATH))
                .map(path -> SeeOther.to(PageUris.page(session, path).toString()));
    }

    private Optional<String> returnPath(String state) {
        return Optional.ofNullable(state)
                .filter(text -> STATE.matcher(text).matches())
                .flatMap(text -> cookies.get(COOKIE + text))
                .filter(path -> PAGE.matcher(path).matches());
    }

    /** The page tells it once; a query would stay in the address. */
    private void fail(String path, SignInFailure failure) {
        cookies.set(FAILURE_COOKIE + stateOf(path), failure.value(), FAILURE_SECONDS);
    }

    /** Why the login that this page has just started came to nothing; told once. */
    Optional<SignInFailure> failure(String path) {
        String cookie = FAILURE_COOKIE + stateOf(path);
        Optional<SignInFailure> failure = cookies.get(cookie).flatMap(SignInFailure::ofValue);
        failure.ifPresent(told -> cookies.set(cookie, "", 0));
        return failure;
    }

    private URI loginUri(ClientModel client, String state, Optional<String> level, boolean afresh) {
        LoginRequest login = new LoginRequest(session, client);
        MultivaluedMap<String, String> parameters = login.parameters(state, level, afresh);
        UriBuilder uri =
                OIDCLoginProtocolService.authUrl(
                                session.getContext().getUri(UrlType.FRONTEND).getBaseUriBuilder())
                        .resolveTemplate("realm", session.getContext().getRealm().getName());
        shown(login, parameters)
                .forEach(
                        (name, value) ->
                                uri.queryParam(name, "{" + name + "}")
                                        .resolveTemplate(name, value));
        return uri.build();
    }

    /** What the browser carries: the parameters, or a reference to them. */
    private Map<String, String> shown(
            LoginRequest login, MultivaluedMap<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>();
        parameters.forEach((name, values) -> all.put(name, values.get(0)));
        return login.mustBePushed(parameters)
                ? Map.of(
                        OIDCLoginProtocol.CLIENT_ID_PARAM,
                        all.get(OIDCLoginProtocol.CLIENT_ID_PARAM),
                        OIDCLoginProtocol.REQUEST_URI_PARAM,
                        new PushedLogins(session).keep(all))
                : all;
    }

    private Optional<ClientModel> client() {
        return LoginClient.of(session.getContext().getRealm());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.UrlType;

/**
 * The link in the mail. Its host is the realm's frontend URL or the configured hostname and never
 * what the HTTP request names: a relying party controls the {@code Host} header, and who gets the
 * ticket can approve. Loopback hosts pass, for development.
 */
final class MagicLink {
    private static final Logger LOG = Logger.getLogger(MagicLink.class);

    private final KeycloakSession session;

    MagicLink(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Where the realm's pages are.
     *
     * @throws UnreachableException if no host can be trusted
     */
    URI base() {
        URI base = session.getContext().getUri(UrlType.FRONTEND).getBaseUri();
        if (isConfigured(base.getHost()) || isLoopback(base.getHost())) {
            return base;
        }
        LOG.errorf(
                "Realm '%s' cannot send magic links: set the server option 'hostname' or the"
                        + " realm's 'Frontend URL'; the host of a request is never used",
                session.getContext().getRealm().getName());
        throw new UnreachableException(Unreachable.NO_LINK_HOST);
    }

    URI to(String ticketSecret) {
        return page("ciba/approve").path(ticketSecret).build();
    }

    /** The list of the user's requests; it opens nothing by itself. */
    URI inbox() {
        return page("ciba/requests").build();
    }

    private UriBuilder page(String path) {
        return session.getContext()
                .getUri(UrlType.FRONTEND)
                .getBaseUriBuilder()
                .path("realms")
                .path(session.getContext().getRealm().getName())
                .path(path);
    }

    private boolean isConfigured(String host) {
        return Stream.of(
                        session.getContext().getRealm().getAttribute("frontendUrl"),
                        Config.scope("hostname", "v2").get("hostname"))
                .flatMap(configured -> hostOf(configured).stream())
                .anyMatch(host::equalsIgnoreCase);
    }

    /** The option takes a URL or a plain host name. */
    private static Optional<String> hostOf(String urlOrHost) {
        if (urlOrHost == null || urlOrHost.isBlank()) {
            return Optional.empty();
        }
        String url = urlOrHost.contains("://") ? urlOrHost : "https://" + urlOrHost;
        try {
            return Optional.ofNullable(URI.create(url.trim()).getHost());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isLoopback(String host) {
        return "localhost".equalsIgnoreCase(host)
                || "[::1]".equals(host)
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}

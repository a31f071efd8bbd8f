// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import jakarta.ws.rs.core.UriBuilder;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.UrlType;

/**
 * The link in the mail. Its address is the realm's frontend URL or the configured hostname and
 * never what the HTTP request names: a relying party controls the {@code Host} header, and who gets
 * the ticket can approve. Loopback hosts pass, for development.
 */
public final class MagicLink {
    private static final Logger LOG = Logger.getLogger(MagicLink.class);

    private static final Pattern LOOPBACK = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private static final int DEFAULT_PORT = -1;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final KeycloakSession session;

    /** What the addresses of all pages begin with; null until one is asked for. */
    private String pages;

    MagicLink(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Where the realm's pages are.
     *
     * @throws UnreachableException if no address can be trusted
     */
    URI base() {
        URI base = session.getContext().getUri(UrlType.FRONTEND).getBaseUri();
        if (isConfiguredUrl(base) || (isLoopback(base.getHost()) && isRequestedNearby())) {
            return base;
        }
        if (base.getHost().equalsIgnoreCase(Hostname.OPTION)) {
            // a plain host name leaves scheme and port to the request: neither is believed
            return UriBuilder.fromUri(base).scheme("https").port(DEFAULT_PORT).build();
        }
        LOG.errorf(
                "Realm '%s' cannot send magic links: set the server option 'hostname' or the"
                        + " realm's 'Frontend URL'; the host of a request is never used",
                session.getContext().getRealm().getName());
        throw new UnreachableException(Unreachable.NO_LINK_HOST);
    }

    /**
     * Whether the server knows its own address, scheme, host and port, and need not take any of it
     * from a request; if not, the log says which option is missing. A plain host name is not enough
     * if forwarded headers describe another request.
     */
    public static boolean isWholeAddressKnown(KeycloakSession session) {
        try {
            return new MagicLink(session)
                    .base()
                    .equals(session.getContext().getUri(UrlType.FRONTEND).getBaseUri());
        } catch (UnreachableException e) {
            return false;
        }
    }

    String to(String ticketSecret) {
        return pages() + "approve/" + ticketSecret;
    }

    /** The list of the user's requests; it opens nothing by itself. */
    String inbox() {
        return pages() + "requests";
    }

    private String pages() {
        if (pages == null) {
            pages =
                    UriBuilder.fromUri(base())
                                    .path("realms")
                                    .path(session.getContext().getRealm().getName())
                                    .build()
                            + "/ciba/";
        }
        return pages;
    }

    /** A server's options stay as they are while it runs, and looking one up takes long. */
    private static final class Hostname {
        private static final String OPTION = Config.scope("hostname", "v2").get("hostname");
    }

    /**
     * The realm's frontend URL, or the option as a URL: then Keycloak takes nothing of the request.
     */
    private boolean isConfiguredUrl(URI base) {
        return Stream.of(
                        session.getContext().getRealm().getAttribute("frontendUrl"),
                        Hostname.OPTION)
                .filter(url -> url != null && url.contains("://"))
                .map(MagicLink::parse)
                .flatMap(Optional::stream)
                .anyMatch(
                        url ->
                                base.getHost().equalsIgnoreCase(url.getHost())
                                        && base.getScheme().equalsIgnoreCase(url.getScheme())
                                        && port(base) == port(url));
    }

    private static Optional<URI> parse(String url) {
        try {
            return Optional.of(URI.create(url.trim()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Keycloak leaves a scheme's own port out. */
    private static int port(URI uri) {
        boolean usual =
                ("https".equalsIgnoreCase(uri.getScheme()) && uri.getPort() == HTTPS_PORT)
                        || ("http".equalsIgnoreCase(uri.getScheme()) && uri.getPort() == HTTP_PORT);
        return usual ? DEFAULT_PORT : uri.getPort();
    }

    private static boolean isLoopback(String host) {
        return "localhost".equalsIgnoreCase(host)
                || "[::1]".equals(host)
                || LOOPBACK.matcher(host).matches();
    }

    /**
     * Whether the request comes from this machine or its own network: a loopback link is for
     * development, and a relying party from elsewhere must not be able to choose it.
     */
    private boolean isRequestedNearby() {
        try {
            // an address, never a name: nothing is looked up
            InetAddress from =
                    InetAddress.getByName(session.getContext().getConnection().getRemoteAddr());
            return from.isLoopbackAddress()
                    || from.isSiteLocalAddress()
                    || from.isLinkLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

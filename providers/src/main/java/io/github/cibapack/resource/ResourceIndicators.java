// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.links.ServerLinks;
import io.github.cibapack.text.MaxLength;
import io.github.cibapack.text.UnfitException;
import java.util.List;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.EventBuilder;

/**
 * The resources that a token is asked for (RFC 8707 §2), all of which can be shown.
 *
 * @param uris each once, in the order of the request
 */
public record ResourceIndicators(List<String> uris) {
    /** Of the request; may be sent several times. */
    public static final String PARAMETER = OAuth2Constants.RESOURCE;

    private static final int MOST = 5;
    private static final int FIRST_VISIBLE = 0x21;
    private static final int LAST_VISIBLE = 0x7E;
    private static final String BETWEEN = " ";

    public ResourceIndicators {
        uris = List.copyOf(uris);
    }

    /** Whether this server can put them into tokens; where it cannot, they are refused. */
    public static boolean areSupported() {
        return ServerLinks.here().have(() -> ResourceAudience.class);
    }

    /**
     * Reads what a relying party has sent.
     *
     * @throws UnfitException if one is no absolute URI, too long, or one of too many
     */
    public static ResourceIndicators of(List<String> sent) throws UnfitException {
        List<String> uris = sent.stream().distinct().toList();
        if (uris.isEmpty() || uris.size() > MOST) {
            throw new UnfitException(
                    "The resource parameter may be sent %d times at most.".formatted(MOST),
                    "too_many_resources");
        }
        for (String uri : uris) {
            requireUri(uri);
        }
        return new ResourceIndicators(uris);
    }

    private static void requireUri(String uri) throws UnfitException {
        if (!MaxLength.RESOURCE.admits(uri)) {
            throw new UnfitException(
                    "A resource must not be longer than %d bytes."
                            .formatted(MaxLength.RESOURCE.bytes()),
                    "too_long_resource");
        }
        // RFC 3986 §2: what java.net.URI lets through beside it may look like something else
        boolean isVisible = uri.chars().allMatch(c -> c >= FIRST_VISIBLE && c <= LAST_VISIBLE);
        if (!isVisible || !ResourceTarget.isResource(uri)) {
            throw new UnfitException(
                    "A resource must be an absolute URI without fragment and query.",
                    "invalid_resource");
        }
    }

    /** Reads again what has been accepted, as {@link #serialized} wrote it. */
    public static ResourceIndicators accepted(String serialized) {
        return new ResourceIndicators(List.of(serialized.split(BETWEEN)));
    }

    /** In one text: no URI has a blank. */
    public String serialized() {
        return String.join(BETWEEN, uris);
    }

    public void describe(EventBuilder event) {
        event.detail(CibaEvents.RESOURCE, serialized());
    }
}

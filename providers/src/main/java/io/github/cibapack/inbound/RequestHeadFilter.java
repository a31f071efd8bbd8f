// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.inbound;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Refuses what cannot be read of a request before the server matches it to a method: a path or
 * query with the character NUL, which not every database takes, and a malformed content type. A
 * gateway's check may bring the query of the checked call, which is looked at with that.
 */
@Provider
@PreMatching
@Priority(0)
public final class RequestHeadFilter implements ContainerRequestFilter {
    private static final String NUL = "%00";

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<OwnPath> path = OwnPath.of(request);
        if (path.isEmpty()) {
            return;
        }
        if (hasNul(path.get())) {
            request.abortWith(PlainAnswer.unreadable(path.get(), "The address cannot be read."));
        } else if (!hasReadableType(request)) {
            request.abortWith(
                    PlainAnswer.unreadable(path.get(), "The content type cannot be read."));
        }
    }

    private static boolean hasNul(OwnPath path) {
        String sent = CurrentRequestManager.get().serverRequest().getRequestAbsoluteUri();
        return (path == OwnPath.CHECK ? sent.split("\\?", 2)[0] : sent).contains(NUL);
    }

    private static boolean hasReadableType(ContainerRequestContext request) {
        try {
            MediaType type = request.getMediaType();
            return type == null || !type.getSubtype().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

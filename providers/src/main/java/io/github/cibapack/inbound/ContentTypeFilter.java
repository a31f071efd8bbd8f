// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.inbound;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/** Refuses a malformed content type before the server matches it to a method. */
@Provider
@PreMatching
@Priority(0)
public final class ContentTypeFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        OwnPath path = OwnPath.of(request).orElse(null);
        if (path == null) {
            return;
        }
        try {
            MediaType type = request.getMediaType();
            if (type != null && type.getSubtype().isEmpty()) {
                refuse(request, path);
            }
        } catch (IllegalArgumentException e) {
            refuse(request, path);
        }
    }

    private static void refuse(ContainerRequestContext request, OwnPath path) {
        request.abortWith(PlainAnswer.unreadable(path, "The content type cannot be read."));
    }
}

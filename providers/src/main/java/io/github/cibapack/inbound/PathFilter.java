// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.inbound;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Refuses a path or query with the character NUL, before anything is looked for by it: not every
 * database takes one. A gateway's check may bring the query of the checked call, which is looked at
 * with that.
 */
@Provider
@PreMatching
@Priority(0)
public final class PathFilter implements ContainerRequestFilter {
    private static final String NUL = "%00";

    @Override
    public void filter(ContainerRequestContext request) {
        OwnPath.of(request)
                .filter(PathFilter::hasNul)
                .map(path -> PlainAnswer.unreadable(path, "The address cannot be read."))
                .ifPresent(request::abortWith);
    }

    private static boolean hasNul(OwnPath path) {
        String sent = CurrentRequestManager.get().serverRequest().getRequestAbsoluteUri();
        return (path == OwnPath.CHECK ? sent.split("\\?", 2)[0] : sent).contains(NUL);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.inbound;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The paths that the pack serves. */
enum OwnPath {
    /** Polls and all other grants, some of which are larger. */
    TOKEN("/?realms/[^/]+/as/token/?"),
    /** Keycloak's own endpoint, at which a class of the pack answers. */
    BACKCHANNEL("/?realms/[^/]+/protocol/openid-connect/ext/ciba/auth/?"),
    /** The other OAuth endpoints. */
    AS("/?realms/[^/]+/as(/.*)?"),
    PAGE("/?realms/[^/]+/ciba(/.*)?"),
    /** Gateway checks: the body of the checked call is not read. */
    CHECK("/?realms/[^/]+/one-time-authorization(/.*)?"),
    ADMIN("/?admin/realms/[^/]+/ciba(/.*)?");

    /** One of these is in each path. Most requests are for other paths: they cost no more. */
    private static final List<String> MARKS = List.of("/as", "/ciba", "/one-time-authorization");

    private final Pattern pattern;

    OwnPath(String pattern) {
        // a line break is a character of a path like others
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }

    /** The largest form that is read, in bytes. */
    int maxBytes() {
        return this == TOKEN || this == BACKCHANNEL ? 1 << 20 : 1 << 16;
    }

    static Optional<OwnPath> of(ContainerRequestContext request) {
        return of(request.getUriInfo().getPath());
    }

    static Optional<OwnPath> of(String path) {
        if (MARKS.stream().noneMatch(path::contains)) {
            return Optional.empty();
        }
        return Stream.of(values()).filter(own -> own.pattern.matcher(path).matches()).findFirst();
    }
}

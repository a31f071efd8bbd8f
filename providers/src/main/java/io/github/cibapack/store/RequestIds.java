// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.keycloak.common.util.SecretGenerator;

/**
 * The ids of requests. A request started at the documented endpoint is kept under a prefix, so that
 * neither endpoint can be made to redeem what the other one has started.
 */
public final class RequestIds {
    private static final String AS_PREFIX = "as.";
    private static final int ID_BYTES = 16;
    private static final Pattern AUTH_REQ_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private RequestIds() {}

    /**
     * A new id for the documented endpoint: the 8-4-4-4-12 form of a UUID with 128 random bits, as
     * CIBA Core §7.3 asks for at least that many and a version-4 UUID has only 122.
     */
    public static String next() {
        ByteBuffer bytes = ByteBuffer.wrap(SecretGenerator.getInstance().randomBytes(ID_BYTES));
        return AS_PREFIX + new UUID(bytes.getLong(), bytes.getLong());
    }

    /**
     * The id under which an {@code auth_req_id} of the documented endpoint is kept, if it is one.
     */
    public static Optional<String> fromAuthReqId(String authReqId) {
        return AUTH_REQ_ID.matcher(authReqId).matches()
                ? Optional.of(AS_PREFIX + authReqId)
                : Optional.empty();
    }

    /** The id as people and events see it. It opens nothing by itself. */
    public static String shown(String requestId) {
        return startedAtAs(requestId) ? requestId.substring(AS_PREFIX.length()) : requestId;
    }

    /** Whether a request was started at the documented endpoint. */
    public static boolean startedAtAs(String requestId) {
        return requestId.startsWith(AS_PREFIX);
    }
}

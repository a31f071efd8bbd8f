// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.Hashes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The ids of requests. A request is kept under a prefix that says who started it, so that none of
 * the ways to redeem can be made to redeem what another one has started: the {@code as} endpoint,
 * Keycloak's own (no prefix), and the check of a one-time authorization rule.
 */
public final class RequestIds {
    private static final String AS_PREFIX = "as.";
    private static final String RULE_PREFIX = "rule.";
    private static final int CODE_LENGTH = 6;

    /** Without I, L, O, U, 0 and 1: some look like others, and some make words. */
    private static final String CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final Pattern AUTH_REQ_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private RequestIds() {}

    /**
     * The id of a request of the {@code as} endpoint whose link has this secret: a hash of it, so
     * that the link opens the request and nobody finds the link by the id. It has the 8-4-4-4-12
     * form of a UUID with 128 random bits, as CIBA Core §7.3 asks for at least that many and a
     * version-4 UUID has only 122.
     */
    public static String ofLink(String secret) {
        return AS_PREFIX + hash(secret);
    }

    /** The same for a request of a rule: no token endpoint knows it, whatever its state. */
    public static String ofLinkOfRule(String secret) {
        return RULE_PREFIX + hash(secret);
    }

    private static UUID hash(String secret) {
        ByteBuffer bytes = ByteBuffer.wrap(Hashes.bytes("id of the request of " + secret));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /**
     * The id under which an {@code auth_req_id} of the {@code as} endpoint is kept, if it is one.
     */
    public static Optional<String> fromAuthReqId(String authReqId) {
        return AUTH_REQ_ID.matcher(authReqId).matches()
                ? Optional.of(AS_PREFIX + authReqId)
                : Optional.empty();
    }

    /** The id under which the request of a rule is kept that people and events know by this one. */
    public static String ofRule(String shown) {
        return RULE_PREFIX + shown;
    }

    /** The ids under which the request may be kept that people and events know by this one. */
    public static List<String> keptAs(String shown) {
        return AUTH_REQ_ID.matcher(shown).matches()
                ? List.of(AS_PREFIX + shown, RULE_PREFIX + shown, shown)
                : List.of(shown);
    }

    /** The id as people and events see it. It opens nothing by itself. */
    public static String shown(String requestId) {
        return isOwn(requestId) ? requestId.substring(requestId.indexOf('.') + 1) : requestId;
    }

    /**
     * A short code by which people tell one request from another, such as {@code K7M-2QF}: 29 bits
     * of a hash of the id, in letters and digits that are not mistaken for one another. It proves
     * nothing and opens nothing.
     *
     * @param shown the id as people and events see it
     */
    public static String code(String shown) {
        long bits = Long.parseUnsignedLong(Hashes.sha256("code " + shown).substring(0, 15), 16);
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < CODE_LENGTH; i++) {
            if (i == CODE_LENGTH / 2) {
                code.append('-');
            }
            code.append(CODE_ALPHABET.charAt((int) (bits % CODE_ALPHABET.length())));
            bits /= CODE_ALPHABET.length();
        }
        return code.toString();
    }

    /** Whether a rule has started the request: one request to an API passes, no token is made. */
    public static boolean isOfRule(String requestId) {
        return requestId.startsWith(RULE_PREFIX);
    }

    /** Whether a request was started by the pack, and not at Keycloak's own endpoint. */
    public static boolean isOwn(String requestId) {
        return requestId.startsWith(AS_PREFIX) || requestId.startsWith(RULE_PREFIX);
    }
}

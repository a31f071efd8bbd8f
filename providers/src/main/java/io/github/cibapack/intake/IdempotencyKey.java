// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.text.MaxLength;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/**
 * The header {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header §2.1): one String
 * of Structured Field Values (RFC 8941 §3.3.3), without parameters, as the draft defines none.
 */
final class IdempotencyKey {
    private static final String HEADER = "Idempotency-Key";

    /** Visible ASCII and spaces; a quotation mark or backslash comes after a backslash. */
    private static final Pattern STRING =
            Pattern.compile(" *\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])+)\" *");

    private IdempotencyKey() {}

    /**
     * The key of the call at hand; empty if it has none.
     *
     * @throws CibaErrorException if the header is not what the draft says
     */
    static Optional<String> of(KeycloakSession session) {
        List<String> sent =
                session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(HEADER);
        return sent == null || sent.isEmpty() ? Optional.empty() : Optional.of(parse(sent));
    }

    /**
     * The key in these lines of the header.
     *
     * @throws CibaErrorException if they are not one String of a fitting length
     */
    static String parse(List<String> lines) {
        // RFC 8941 §4.2: several lines are one list, and a list is no String
        String line = lines.size() == 1 ? lines.get(0) : "";
        if (line.length() <= 2 * MaxLength.IDEMPOTENCY_KEY.bytes()) {
            Matcher matcher = STRING.matcher(line);
            if (matcher.matches()) {
                String key = matcher.group(1).replaceAll("\\\\(.)", "$1");
                if (MaxLength.IDEMPOTENCY_KEY.admits(key)) {
                    return key;
                }
            }
        }
        throw CibaErrorException.invalid(
                "The Idempotency-Key must be one quoted string of 1 to %d characters."
                        .formatted(MaxLength.IDEMPOTENCY_KEY.bytes()),
                "invalid_idempotency_key");
    }
}

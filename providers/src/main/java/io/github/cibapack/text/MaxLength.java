// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.util.Arrays;
import java.util.Optional;

/**
 * The maximum length of every value from outside that is stored, hashed or rendered. The memory of
 * a request follows from these limits, so each new value needs a line here. Counted in bytes of
 * UTF-8; a value takes at most twice as much memory.
 */
public enum MaxLength {
    SCOPE("scope", 2048),
    ACR_VALUES("acr_values", 2048),
    BINDING_MESSAGE("binding_message", 4096),
    REQUEST_CONTEXT("request_context", 4096),
    AUTHORIZATION_DETAILS("authorization_details", 5120),
    /** Of one; there may be five. */
    RESOURCE("resource", 512),
    CLIENT_NOTIFICATION_TOKEN("client_notification_token", 1024),
    USER_CODE("user_code", 512),
    LOGIN_HINT("login_hint", 2048),
    LOGIN_HINT_TOKEN("login_hint_token", 16_384),
    ID_TOKEN_HINT("id_token_hint", 16_384),
    SIGNED_REQUEST("request", 49_152),

    /** Keycloak repeats in log and event what is no number. */
    REQUESTED_EXPIRY("requested_expiry", 64),
    MAX_AGE("max_age", 64),

    /** Name and value of a parameter that Keycloak's own endpoint passes to the channel. */
    OTHER_NAME("name of a parameter", 128),
    OTHER_VALUE("value of a parameter", 800),

    /** {@code jti} of an assertion, which Keycloak keeps as it is; others are hashed. */
    TOKEN_ID("jti", 256),

    IDEMPOTENCY_KEY("Idempotency-Key", 255),

    USER_AGENT("user_agent", 2048),

    /** The request and the result at a remote token provider of a one-time rule. */
    REMOTE_REQUEST("request at a token provider", 8192),
    REMOTE_RESULT("result of a token provider", 16_384);

    private final String label;
    private final int bytes;

    MaxLength(String label, int bytes) {
        this.label = label;
        this.bytes = bytes;
    }

    public String label() {
        return label;
    }

    /** The longest value, in bytes of UTF-8. */
    public int bytes() {
        return bytes;
    }

    /** Whether a value fits; true for null. Stops counting at the limit. */
    public boolean admits(String value) {
        return value == null || (value.length() <= bytes && bytesOf(value) <= bytes);
    }

    public static Optional<MaxLength> ofParameter(String name) {
        return Arrays.stream(values()).filter(limit -> limit.label.equals(name)).findFirst();
    }

    private static int bytesOf(String value) {
        int sum = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                sum += 1;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                sum += 2;
            } else {
                sum += 3;
            }
        }
        return sum;
    }
}

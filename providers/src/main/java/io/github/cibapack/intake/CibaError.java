// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import java.util.Locale;

/**
 * The errors that an authentication request can end in (CIBA Core §13, RFC 9396 §5, RFC 8707 §2).
 */
public enum CibaError {
    INVALID_REQUEST(400),
    INVALID_SCOPE(400),
    INVALID_AUTHORIZATION_DETAILS(400),
    INVALID_TARGET(400),
    UNKNOWN_USER_ID(400),
    EXPIRED_LOGIN_HINT_TOKEN(400),
    INVALID_BINDING_MESSAGE(400),
    MISSING_USER_CODE(400),
    INVALID_USER_CODE(400),
    UNAUTHORIZED_CLIENT(400),
    /** RFC 9449 §5. */
    INVALID_DPOP_PROOF(400),
    INVALID_CLIENT(401),
    ACCESS_DENIED(403),
    /** A request is in the making under the same idempotency key. */
    KEY_IN_USE(409, "invalid_request"),
    TOO_LARGE(413, "invalid_request"),
    /** The idempotency key was used for another request. */
    KEY_USED(422, "invalid_request"),
    SERVER_ERROR(503),
    INTERNAL_ERROR(500, "server_error");

    private final int status;
    private final String code;

    CibaError(int status) {
        this.status = status;
        this.code = name().toLowerCase(Locale.ROOT);
    }

    CibaError(int status, String code) {
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}

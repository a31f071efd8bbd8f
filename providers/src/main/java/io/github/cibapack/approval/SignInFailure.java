// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.OAuthErrorException;

/** Why a login came back without a user: all that a page tells of it. */
enum SignInFailure {
    /** The person has not finished it, or has declined what it asked for. */
    NOT_FINISHED,
    /** Keycloak has refused it, whoever the person is. */
    FAILED;

    /** Of the error in the answer to an authorization request (RFC 6749 §4.1.2.1). */
    static SignInFailure of(String error) {
        return OAuthErrorException.ACCESS_DENIED.equals(error) ? NOT_FINISHED : FAILED;
    }

    static Optional<SignInFailure> ofValue(String value) {
        return Arrays.stream(values()).filter(failure -> failure.value().equals(value)).findFirst();
    }

    String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

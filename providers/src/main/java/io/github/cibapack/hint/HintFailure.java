// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import io.github.cibapack.jwt.ForeignJwt;
import java.util.Locale;
import java.util.Optional;

/** The checks that a token hint can fail. The sentence names the check and never a value. */
public enum HintFailure {
    MALFORMED("is not a signed JWT"),
    NAME("has a name (kid, iss, jti …) with control characters, or one that is too long"),
    DATE("has a date (exp, iat, nbf …) that is no number of seconds from 1970 to 9999"),
    TOO_LARGE("is larger than 16 KiB"),
    ENCRYPTED("must not be encrypted"),
    CTY_PRESENT("must not have the header cty: nested tokens are not accepted"),
    ENC_PRESENT("must not have the header enc"),
    ALGORITHM_NOT_ALLOWED("is signed with an algorithm that is not allowed for this client"),
    ISSUER_MISSING("has no claim iss"),
    ISSUER_NOT_TRUSTED("has an issuer (iss) that is not trusted for this client"),
    KEY_NOT_FOUND("is signed with a key that is not known"),
    SECRET_TOO_SHORT("is signed with a client secret that is too short for its algorithm"),
    SIGNATURE("has a signature that does not verify"),
    AUDIENCE_MISSING("has no claim aud"),
    AUDIENCE("has an audience (aud) that is not this server alone"),
    ISSUED_AT_MISSING("has no claim iat"),
    ISSUED_IN_THE_FUTURE("has a claim iat in the future"),
    NOT_YET_VALID("is not yet valid (nbf)"),
    EXPIRY_MISSING("has no claim exp"),
    EXPIRY_TOO_FAR("has a claim exp more than one hour ahead"),
    EXPIRED("has expired"),
    SUBJECT_MISSING("has no claim that names the user"),
    SUBJECT_MALFORMED("has a claim sub_id that is not a subject identifier of RFC 9493"),
    REPLAYED("has been used before"),
    TOO_MANY("cannot be remembered: too many with a long life are in use"),
    ENCRYPTED_ID_TOKEN(
            "is an encrypted ID token: decrypt it first, and send the signed token inside"),
    NOT_AN_ID_TOKEN("is not an ID token"),
    WRONG_ISSUER("was not issued by this realm"),
    OTHER_CLIENT("was not issued to this client"),
    SUBJECT_MAPPED("has a subject (sub) that a mapper of this client sets"),
    REVOKED("was issued before the not-before time of the realm or this client"),
    REVOKED_FOR_USER("was issued before the not-before time of its user"),
    EXPIRED_TOO_LONG_AGO("expired too long ago");

    private final String check;

    HintFailure(String check) {
        this.check = check;
    }

    /**
     * Looks at a token before anything else does.
     *
     * @throws HintRefusedException if a library or a log must not see it
     */
    static void requireReadable(String serialized) {
        Optional<ForeignJwt.Fault> fault = ForeignJwt.faultOf(serialized);
        if (fault.isPresent()) {
            HintFailure failure =
                    switch (fault.get()) {
                        case UNREADABLE -> MALFORMED;
                        case NAME -> NAME;
                        case DATE -> DATE;
                    };
            throw failure.refused();
        }
    }

    HintRefusedException refused() {
        return new HintRefusedException(this);
    }

    String check() {
        return check;
    }

    /** Whether only a token of a user who is there can fail it. */
    public boolean dependsOnUser() {
        return this == REVOKED_FOR_USER;
    }

    /** The event's reason. */
    public String reason() {
        return "hint_" + name().toLowerCase(Locale.ROOT);
    }
}

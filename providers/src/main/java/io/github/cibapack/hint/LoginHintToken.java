// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.RealmSettingsTabFactory;
import io.github.cibapack.store.ReplayCache;
import io.github.cibapack.text.Json;
import io.github.cibapack.text.MaxLength;
import io.github.cibapack.time.ServerClock;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A {@code login_hint_token} (CIBA Core §7.1): a signed JWT that names a user. It is verified
 * before anything in it is believed, and every claim that bounds its use is required.
 */
final class LoginHintToken {

    private static final int JWS_PARTS = 3;
    private static final int JWE_PARTS = 5;
    private static final int MAX_LIFETIME_SECONDS = 3600;

    /** Clocks differ; a token must not be refused for having been made a moment ago. */
    private static final int SKEW_SECONDS = 30;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel client;
    private final Optional<CibaPolicy> policy;

    LoginHintToken(KeycloakSession session, Optional<CibaPolicy> policy) {
        this.session = session;
        this.policy = policy;
        this.realm = session.getContext().getRealm();
        this.client = session.getContext().getClient();
    }

    /**
     * The user whom the token names, where it names exactly one.
     *
     * @throws HintRefusedException if it does not verify
     */
    Optional<UserModel> resolve(String serialized) {
        SignedJWT token = parse(serialized);
        JWTClaimsSet claims = claims(token);
        String issuer = claims.getIssuer();
        if (issuer == null || issuer.isBlank()) {
            throw HintFailure.ISSUER_MISSING.refused();
        }
        requireSignature(
                token,
                new HintTokenKeys(session, client, policy).verifiers(issuer, token.getHeader()));
        requireAudience(claims.getAudience());
        long expiresAt = requireTimes(claims);
        Optional<UserModel> user = user(claims);
        requireFirstUse(serialized, claims, expiresAt);
        return user;
    }

    static SignedJWT parse(String serialized) {
        if (!MaxLength.LOGIN_HINT_TOKEN.admits(serialized)) {
            throw HintFailure.TOO_LARGE.refused();
        }
        int parts = serialized.split("\\.", -1).length;
        if (parts == JWE_PARTS) {
            throw HintFailure.ENCRYPTED.refused();
        }
        if (parts != JWS_PARTS || !serialized.equals(serialized.trim())) {
            throw HintFailure.MALFORMED.refused();
        }
        requireCanonical(serialized);
        HintFailure.requireReadable(serialized);
        try {
            requirePlainHeader(serialized.substring(0, serialized.indexOf('.')));
            return SignedJWT.parse(serialized);
        } catch (ParseException e) {
            // among others: alg none, which is no JWS algorithm
            throw HintFailure.MALFORMED.refused();
        }
    }

    /** One token has one form: bits that base64url leaves unused must not make a second one. */
    private static void requireCanonical(String serialized) {
        for (String part : serialized.split("\\.", -1)) {
            if (!Base64URL.encode(new Base64URL(part).decode()).toString().equals(part)) {
                throw HintFailure.MALFORMED.refused();
            }
        }
    }

    private static void requirePlainHeader(String encoded) throws ParseException {
        Map<String, Object> header = JSONObjectUtils.parse(new Base64URL(encoded).decodeToString());
        if (header.containsKey("cty")) {
            throw HintFailure.CTY_PRESENT.refused();
        }
        if (header.containsKey("enc")) {
            throw HintFailure.ENC_PRESENT.refused();
        }
    }

    static JWTClaimsSet claims(SignedJWT token) {
        try {
            return token.getJWTClaimsSet();
        } catch (ParseException e) {
            throw HintFailure.MALFORMED.refused();
        }
    }

    private static void requireSignature(SignedJWT token, List<JWSVerifier> verifiers) {
        for (JWSVerifier verifier : verifiers) {
            try {
                if (verifier.verify(
                        token.getHeader(), token.getSigningInput(), token.getSignature())) {
                    return;
                }
            } catch (JOSEException e) {
                throw HintFailure.SIGNATURE.refused();
            }
        }
        throw HintFailure.SIGNATURE.refused();
    }

    private void requireAudience(List<String> audience) {
        if (audience.isEmpty()) {
            throw HintFailure.AUDIENCE_MISSING.refused();
        }
        Set<String> accepted = new IssuerUris(session).audiences();
        if (audience.size() > 1 || !accepted.contains(audience.get(0))) {
            throw HintFailure.AUDIENCE.refused();
        }
    }

    private static long requireTimes(JWTClaimsSet claims) {
        long now = ServerClock.seconds();
        long expiresAt = seconds(claims.getExpirationTime(), HintFailure.EXPIRY_MISSING);
        if (expiresAt <= now) {
            throw HintFailure.EXPIRED.refused();
        }
        if (expiresAt > now + MAX_LIFETIME_SECONDS) {
            throw HintFailure.EXPIRY_TOO_FAR.refused();
        }
        if (seconds(claims.getIssueTime(), HintFailure.ISSUED_AT_MISSING) > now + SKEW_SECONDS) {
            throw HintFailure.ISSUED_IN_THE_FUTURE.refused();
        }
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && notBefore.toInstant().getEpochSecond() > now + SKEW_SECONDS) {
            throw HintFailure.NOT_YET_VALID.refused();
        }
        return expiresAt;
    }

    private static long seconds(Date claim, HintFailure missing) {
        if (claim == null) {
            throw missing.refused();
        }
        return claim.toInstant().getEpochSecond();
    }

    /** By {@code sub}, by {@code sub_id} (RFC 9493 §4.1), or by both where they agree. */
    private Optional<UserModel> user(JWTClaimsSet claims) {
        UserLookup users = new UserLookup(session);
        String subject = claims.getSubject();
        Optional<SubjectIdentifier> identifier = subjectIdentifier(claims);
        boolean hasSubject = subject != null && !subject.isBlank();
        if (!hasSubject && identifier.isEmpty()) {
            throw HintFailure.SUBJECT_MISSING.refused();
        }
        Optional<UserModel> bySubject = hasSubject ? users.bySubject(subject) : Optional.empty();
        if (identifier.isEmpty()) {
            return bySubject;
        }
        Optional<UserModel> byIdentifier = identifier.flatMap(users::by);
        return hasSubject
                ? byIdentifier.filter(user -> bySubject.filter(user::equals).isPresent())
                : byIdentifier;
    }

    static Optional<SubjectIdentifier> subjectIdentifier(JWTClaimsSet claims) {
        return Optional.ofNullable(claims.getClaim("sub_id"))
                .map(
                        claim ->
                                SubjectIdentifier.parse(Json.write(claim))
                                        .orElseThrow(HintFailure.SUBJECT_MALFORMED::refused));
    }

    /** Last, so that a token that fails another check is not used up by it. */
    private void requireFirstUse(String serialized, JWTClaimsSet claims, long expiresAt) {
        long seconds = expiresAt - ServerClock.seconds() + 1;
        String id = claims.getJWTID();
        if (id != null) {
            use(claims.getIssuer(), id, seconds);
        } else if (Boolean.parseBoolean(
                realm.getAttribute(RealmSettingsTabFactory.HINT_TOKEN_SINGLE_USE))) {
            use(claims.getIssuer(), serialized, seconds);
        }
    }

    private void use(String issuer, String id, long seconds) {
        switch (new ReplayCache(session).first(ReplayCache.Kind.HINT_TOKEN, issuer, id, seconds)) {
            case FIRST -> {}
            case REPEATED -> throw HintFailure.REPLAYED.refused();
            case TOO_MANY -> throw HintFailure.TOO_MANY.refused();
        }
    }
}

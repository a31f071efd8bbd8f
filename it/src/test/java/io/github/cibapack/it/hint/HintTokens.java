// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.hint;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes hint tokens as a relying party would, and breaks one thing at a time. */
public final class HintTokens {
    private final String issuer;
    private final String audience;
    private final String subject;

    /**
     * Tokens of one maker.
     *
     * @param issuer claim {@code iss}
     * @param audience claim {@code aud}
     * @param subject claim {@code sub}
     */
    public HintTokens(String issuer, String audience, String subject) {
        this.issuer = issuer;
        this.audience = audience;
        this.subject = subject;
    }

    /** Claims that are in order, and then changed. */
    public JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder builder =
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject(subject)
                        .audience(audience)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .jwtID(UUID.randomUUID().toString());
        change.accept(builder);
        return builder.build();
    }

    static String signed(JWTClaimsSet claims, JWSHeader header, JWSSigner signer) {
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return token.serialize();
    }

    /** HMAC with a client's secret. */
    public static String signedWithSecret(
            JWTClaimsSet claims, JWSAlgorithm algorithm, String secret) {
        try {
            return signed(claims, new JWSHeader(algorithm), new MACSigner(secret));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String signedWithKey(JWTClaimsSet claims, JWSAlgorithm algorithm, JWK key) {
        JWSHeader header = new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
        try {
            JWSSigner signer =
                    algorithm.equals(JWSAlgorithm.EdDSA)
                            ? new EdDsaSigner(key.toOctetKeyPair())
                            : new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
            return signed(claims, header, signer);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * What a client proves itself with in {@code private_key_jwt} and {@code client_secret_jwt} (RFC
 * 7523 §3). Immutable; each has a {@code jti} of its own until it is {@linkplain #signed signed}.
 */
public final class ClientAssertion {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final JWSHeader header;
    private final JWSSigner signer;
    private final JWTClaimsSet claims;

    private ClientAssertion(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) {
        this.header = header;
        this.signer = signer;
        this.claims = claims;
    }

    /** {@code private_key_jwt}: good for a minute, for no audience yet. */
    public static ClientAssertion of(String clientId, ECKey key) {
        try {
            return new ClientAssertion(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                    new ECDSASigner(key),
                    usual(clientId));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("Not a private key for ES256", e);
        }
    }

    /** {@code client_secret_jwt}: good for a minute, for no audience yet. */
    public static ClientAssertion of(String clientId, String secret) {
        try {
            return new ClientAssertion(
                    new JWSHeader(JWSAlgorithm.HS256),
                    new MACSigner(secret.getBytes(StandardCharsets.UTF_8)),
                    usual(clientId));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("Too short a secret for HS256", e);
        }
    }

    private static JWTClaimsSet usual(String clientId) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .build();
    }

    public ClientAssertion audience(String... audiences) {
        return with("aud", audiences.length == 1 ? audiences[0] : List.of(audiences));
    }

    public ClientAssertion expiresIn(Duration ahead) {
        return with("exp", Date.from(Instant.now().plus(ahead)));
    }

    public ClientAssertion issuedAgo(Duration age) {
        return with("iat", Date.from(Instant.now().minus(age)));
    }

    /** Any claim; null takes it out. */
    public ClientAssertion with(String claim, Object value) {
        return new ClientAssertion(
                header, signer, new JWTClaimsSet.Builder(claims).claim(claim, value).build());
    }

    /** The two parameters, with a new {@code jti} where none was set. */
    public Form signed() {
        JWTClaimsSet complete =
                claims.getClaims().containsKey("jti")
                        ? claims
                        : new JWTClaimsSet.Builder(claims)
                                .jwtID(UUID.randomUUID().toString())
                                .build();
        SignedJWT jwt = new SignedJWT(header, complete);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign", e);
        }
        return Form.of("client_assertion_type", TYPE, "client_assertion", jwt.serialize());
    }
}

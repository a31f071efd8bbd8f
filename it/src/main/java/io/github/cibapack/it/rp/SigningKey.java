// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.UUID;

/** A client's key, with which it signs requests (ES256). */
public final class SigningKey {
    private final ECKey key;

    private SigningKey(ECKey key) {
        this.key = key;
    }

    public static SigningKey generate() {
        try {
            return new SigningKey(
                    new ECKeyGenerator(Curve.P_256)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.ES256)
                            .keyID(UUID.randomUUID().toString())
                            .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key set, for the client attribute {@code jwks.string}. */
    public String publicKeySet() {
        return new JWKSet(key).toString(true);
    }

    /** A signed JWT in compact form. */
    public String sign(JWTClaimsSet claims) {
        return sign(
                claims, new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build());
    }

    /** A signed JWT with a header of the caller's; the algorithm must be ES256. */
    public String sign(JWTClaimsSet claims, JWSHeader header) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key itself, for what is signed otherwise. */
    public ECKey jwk() {
        return key;
    }
}

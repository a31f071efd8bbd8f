// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.fapi;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A client's key; it signs with the algorithm that FAPI allows for its kind, or with another. */
final class FapiKeys {

    private static final int RSA_BITS = 2048;
    private static final Map<List<String>, FapiKeys> MADE = new ConcurrentHashMap<>();

    private final JWK key;

    private FapiKeys(JWK key) {
        this.key = key;
    }

    /**
     * The key of this id; the clients of one name have the same one in each realm, as making an RSA
     * key takes seconds.
     *
     * @param algorithm PS256 or ES256
     */
    static FapiKeys of(String algorithm, String keyId) {
        return MADE.computeIfAbsent(List.of(algorithm, keyId), any -> generate(algorithm, keyId));
    }

    private static FapiKeys generate(String algorithm, String keyId) {
        try {
            return new FapiKeys(
                    algorithm.startsWith("ES")
                            ? new ECKeyGenerator(Curve.P_256)
                                    .keyID(keyId)
                                    .keyUse(KeyUse.SIGNATURE)
                                    .generate()
                            : new RSAKeyGenerator(RSA_BITS)
                                    .keyID(keyId)
                                    .keyUse(KeyUse.SIGNATURE)
                                    .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("The JDK has these keys", e);
        }
    }

    /** For the client attribute {@code jwks.string}. */
    String publicKeySet() {
        return new JWKSet(key).toString(true);
    }

    /** A signed JWT in compact form. */
    String sign(JWTClaimsSet claims, String algorithm) {
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                                .type(JOSEObjectType.JWT)
                                .keyID(key.getKeyID())
                                .build(),
                        claims);
        try {
            jwt.sign(
                    key instanceof RSAKey rsa
                            ? new RSASSASigner(rsa)
                            : new ECDSASigner((ECKey) key));
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign with " + algorithm, e);
        }
        return jwt.serialize();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.hint;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;

/** Keys of every kind that a hint token may be signed with. */
final class HintKeys {
    private static final int RSA_BITS = 2048;
    private static final int ED25519_BYTES = 32;

    /** One for all algorithms, as making one takes seconds. */
    private static final RSAKey RSA = rsa();

    private HintKeys() {}

    static JWK forAlgorithm(JWSAlgorithm algorithm, String kid) {
        try {
            if (JWSAlgorithm.Family.EC.contains(algorithm)) {
                Curve curve = Curve.forJWSAlgorithm(algorithm).iterator().next();
                return new ECKeyGenerator(curve)
                        .keyID(kid)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(algorithm)
                        .generate();
            }
            return algorithm.equals(JWSAlgorithm.EdDSA)
                    ? ed25519(kid)
                    : new RSAKey.Builder(RSA)
                            .keyID(kid)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(algorithm)
                            .build();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(RSA_BITS).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("The JDK has RSA", e);
        }
    }

    /** The last 32 bytes of the encoded public key are the point (RFC 8410 §4). */
    private static OctetKeyPair ed25519(String kid) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] x = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
            byte[] d = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                    .d(Base64URL.encode(d))
                    .keyID(kid)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.EdDSA)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

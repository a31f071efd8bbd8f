// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Set;

/**
 * EdDSA (RFC 8037) by the JDK: Nimbus' own verifier wants one more library and the JDK has it all.
 */
final class EdDsaVerifier extends BaseJWSProvider implements JWSVerifier {
    private final PublicKey key;

    EdDsaVerifier(PublicKey key) {
        super(Set.of(JWSAlgorithm.EdDSA));
        this.key = key;
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature)
            throws JOSEException {
        if (header.getCriticalParams() != null) {
            // RFC 7515 §4.1.11: what is critical and not understood
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("EdDSA");
            verifier.initVerify(key);
            verifier.update(signingInput);
            return verifier.verify(signature.decode());
        } catch (GeneralSecurityException e) {
            // a malformed signature is a wrong one
            return false;
        }
    }
}

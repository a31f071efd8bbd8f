// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.Set;

/** Verifies ID tokens as a relying party has to (OpenID Connect Core §3.1.3.7). */
public final class IdTokenVerifier {

    private static final Set<String> REQUIRED = Set.of("sub", "exp", "iat", "auth_time");

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private IdTokenVerifier() {}

    /**
     * For the tokens of this relying party: its realm's keys and issuer, itself as the audience.
     */
    public static IdTokenVerifier of(RelyingParty relyingParty) {
        URI keys = URI.create(relyingParty.issuer() + "/protocol/openid-connect/certs");
        IdTokenVerifier verifier = new IdTokenVerifier();
        try {
            verifier.processor.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(
                            JWSAlgorithm.RS256,
                            JWKSourceBuilder.<SecurityContext>create(keys.toURL()).build()));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("Not a URL: " + keys, e);
        }
        JWTClaimsSet exact =
                new JWTClaimsSet.Builder().issuer(relyingParty.issuer().toString()).build();
        verifier.processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(relyingParty.clientId(), exact, REQUIRED));
        return verifier;
    }

    /**
     * Verifies a token.
     *
     * @param idToken the token as it came
     * @return its claims
     * @throws IllegalArgumentException if signature, issuer, audience or time is wrong, or a
     *     required claim is missing
     */
    public JWTClaimsSet verify(String idToken) {
        try {
            return processor.process(idToken, null);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new IllegalArgumentException("Not a valid ID token: " + e.getMessage(), e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Base64;
import java.util.Set;

/**
 * What an API behind a rule believes: a receipt of the realm for this rule, and for the very body
 * that it is about to execute.
 */
final class ApprovalReceipts {
    private static final String RECEIPT_TYPE = "one-time-authorization+jwt";
    private static final Set<String> REQUIRED =
            Set.of("sub", "exp", "auth_req_id", "binding_message", "content_digest");

    private final DefaultJWTProcessor<SecurityContext> receipts = new DefaultJWTProcessor<>();

    /**
     * Receipts of a realm.
     *
     * @param issuer the realm's
     * @param rule the rule's name, which receipts are for
     */
    ApprovalReceipts(URI issuer, String rule) {
        URI keys = URI.create(issuer + "/protocol/openid-connect/certs");
        try {
            receipts.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(
                            JWSAlgorithm.RS256,
                            JWKSourceBuilder.<SecurityContext>create(keys.toURL()).build()));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("Not a URL: " + keys, e);
        }
        receipts.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(RECEIPT_TYPE)));
        receipts.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        rule,
                        new JWTClaimsSet.Builder().issuer(issuer.toString()).build(),
                        REQUIRED));
    }

    /** RFC 9530 §2. */
    static String digestOf(String body) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(body.getBytes(StandardCharsets.UTF_8));
            return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * The claims of a good receipt.
     *
     * @throws IllegalArgumentException if it is not good for this body; the message says why
     */
    JWTClaimsSet verified(String receipt, String body) {
        try {
            JWTClaimsSet approved = receipts.process(receipt, null);
            if (!digestOf(body).equals(approved.getStringClaim("content_digest"))) {
                throw new IllegalArgumentException("Another body was approved.");
            }
            return approved;
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new IllegalArgumentException("Not a good receipt: " + e.getMessage(), e);
        }
    }
}

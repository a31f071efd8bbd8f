// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.github.cibapack.it.rp.Json;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * The API that moves money. It does what any API behind a rule should do: believe the receipt
 * alone, and compare what was approved with the body that it is about to execute.
 */
final class TransferApi {
    private static final String RECEIPT_TYPE = "one-time-authorization+jwt";
    private static final Set<String> REQUIRED =
            Set.of("sub", "exp", "auth_req_id", "binding_message", "content_digest");

    private final DefaultJWTProcessor<SecurityContext> receipts = new DefaultJWTProcessor<>();

    /**
     * An API of a realm.
     *
     * @param issuer the realm's
     * @param rule the rule's name, which receipts are for
     */
    TransferApi(URI issuer, String rule) {
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

    /** What the user is asked about a transfer: the rule's binding message. */
    static String message(String payee, int amount) {
        return "Send $%d to %s".formatted(amount, payee);
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
     * Moves the money.
     *
     * @param receipt header {@code One-Time-Authorization-Receipt}, as the gateway sets it
     * @param body JSON with {@code to} and {@code amount}
     * @return what the caller is answered
     * @throws IllegalArgumentException if the receipt is not good for this body; the message says
     *     why
     */
    Map<String, Object> transfer(String receipt, String body) {
        JWTClaimsSet approved;
        JsonNode order;
        String message;
        try {
            approved = receipts.process(receipt, null);
            order = Json.MAPPER.readTree(body);
            message = approved.getStringClaim("binding_message");
            if (!digestOf(body).equals(approved.getStringClaim("content_digest"))) {
                throw new IllegalArgumentException("Another body was approved.");
            }
        } catch (ParseException | BadJOSEException | JOSEException | IOException e) {
            throw new IllegalArgumentException("Not a good receipt: " + e.getMessage(), e);
        }
        if (!message(order.path("to").asText(), order.path("amount").asInt()).equals(message)) {
            throw new IllegalArgumentException("The user approved: " + message);
        }
        return Map.of("done", message, "receipt", approved.toJSONObject());
    }
}

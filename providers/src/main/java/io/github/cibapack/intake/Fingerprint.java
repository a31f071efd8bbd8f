// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.jwt.ForeignJwt;
import io.github.cibapack.store.Hashes;
import io.github.cibapack.text.Json;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.keycloak.util.JsonSerialization;

/**
 * What tells one request from another under an idempotency key
 * (draft-ietf-httpapi-idempotency-key-header §2.4): what is asked, and not the credentials, which a
 * repetition makes anew. The key goes into the hashes, so that a reader of the store cannot guess a
 * short value, as a user code is, from them.
 *
 * @param asked hash of what is asked; of a signed request, of its claims without its id and times
 * @param sent hash of what is sent, to the letter
 */
record Fingerprint(String asked, String sent) {
    private static final Set<String> CREDENTIALS =
            Set.of("client_id", "client_secret", "client_assertion", "client_assertion_type");
    private static final Set<String> MADE_ANEW = Set.of("exp", "iat", "nbf", "jti");
    private static final TypeReference<TreeMap<String, Object>> SORTED = new TypeReference<>() {};
    private static final String REQUEST = "request";
    private static final int JWS_PARTS = 3;

    /** The fingerprint of a form, which is left as it is. */
    static Fingerprint of(String key, MultivaluedMap<String, String> form) {
        Map<String, Object> parameters = new TreeMap<>();
        form.forEach(
                (name, values) -> {
                    // a parameter without a value counts as not sent (RFC 6749 §3.1)
                    List<String> sent = values.stream().filter(value -> !value.isEmpty()).toList();
                    if (!sent.isEmpty() && !CREDENTIALS.contains(name)) {
                        parameters.put(name, sent);
                    }
                });
        String sent = hash(key, parameters);
        String request = form.getFirst(REQUEST);
        if (request != null) {
            parameters.put(REQUEST, meaning(request));
        }
        return new Fingerprint(hash(key, parameters), sent);
    }

    private static String hash(String key, Map<String, Object> parameters) {
        return Hashes.sha256(key + "\n" + Json.write(parameters));
    }

    /** Nobody has verified it here: what is read off it grants nothing. */
    private static Object meaning(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != JWS_PARTS || ForeignJwt.faultOf(jwt).isPresent()) {
            return jwt;
        }
        try {
            JsonNode claims =
                    JsonSerialization.mapper.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return claims instanceof ObjectNode object
                    ? JsonSerialization.mapper.convertValue(object.without(MADE_ANEW), SORTED)
                    : jwt;
        } catch (IOException | IllegalArgumentException e) {
            return jwt;
        }
    }
}

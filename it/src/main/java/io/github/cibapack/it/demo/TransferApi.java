// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.rp.Json;
import java.util.Map;

/**
 * The API that moves money. It does what any API behind a rule should do: believe the receipt
 * alone, and compare what was approved with the body that it is about to execute.
 *
 * @param receipts of its rule
 */
record TransferApi(ApprovalReceipts receipts) implements ProtectedApi {

    /** What the user is asked about a transfer: the rule's binding message. */
    static String message(String payee, int amount) {
        return "Send $%d to %s".formatted(amount, payee);
    }

    /** Moves the money of a body with {@code to} and {@code amount}. */
    @Override
    public Map<String, Object> answer(String receipt, String body) {
        JWTClaimsSet approved = receipts.verified(receipt, body);
        JsonNode order = Json.parse(body);
        String message = message(order.path("to").asText(), order.path("amount").asInt());
        if (!message.equals(approved.getClaim("binding_message"))) {
            throw new IllegalArgumentException(
                    "The user approved: " + approved.getClaim("binding_message"));
        }
        return Map.of("done", message, "receipt", approved.toJSONObject());
    }
}

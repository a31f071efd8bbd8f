// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.onetime.gateway.Headers;
import io.github.cibapack.onetime.gateway.OriginalRequest;
import io.github.cibapack.store.Hashes;
import io.github.cibapack.text.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One check of a gateway, in plain values: it outlives the session that it came in with.
 *
 * @param realmId internal id of the realm
 * @param ruleId internal id of the rule
 * @param issuer the realm's issuer
 * @param correlationId of the check's own HTTP request
 * @param caller who sent the request
 * @param original the request that the gateway asks about
 * @param message all of what the user is asked
 * @param details what its body says in detail
 * @param transaction the one that the caller has sent, if any
 * @param language of the reader, if the answer is a page
 */
public record GatewayCheck(
        String realmId,
        String ruleId,
        String issuer,
        String correlationId,
        Caller caller,
        OriginalRequest original,
        String message,
        Optional<AuthorizationDetails> details,
        Optional<String> transaction,
        Locale language) {

    private static final int COOKIE_DIGITS = 16;

    /** The same with the transaction that a browser has kept. */
    GatewayCheck with(String kept) {
        return new GatewayCheck(
                realmId,
                ruleId,
                issuer,
                correlationId,
                caller,
                original,
                message,
                details,
                Optional.of(kept),
                language);
    }

    /** Where the request came from, for the page. */
    public Optional<String> context() {
        return original.address().map(address -> Json.write(Map.of("address", address)));
    }

    /**
     * The cookie in which a browser keeps the transaction: one for each request, so that two pages
     * that wait do not take each other's.
     */
    public String cookie() {
        return Headers.TRANSACTION + "-" + binding().substring(0, COOKIE_DIGITS);
    }

    /**
     * What an approval is good for, as a hash: this rule, caller, method, URL, body and question.
     * Each part is preceded by its length, so that no two lists of parts read alike.
     */
    public String binding() {
        StringBuilder parts = new StringBuilder();
        for (String part :
                new String[] {
                    realmId,
                    ruleId,
                    caller.subject(),
                    caller.clientId(),
                    original.method(),
                    original.scheme(),
                    original.host(),
                    original.uri(),
                    original.bodyDigest().orElse(""),
                    message
                }) {
            parts.append(part.length()).append(':').append(part);
        }
        return Hashes.sha256(parts.toString());
    }
}

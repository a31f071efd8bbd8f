// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.store.Hashes;
import java.util.Locale;
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
 * @param transaction the one that the caller has sent, if any
 * @param language of the reader, where the answer is a page
 */
record Check(
        String realmId,
        String ruleId,
        String issuer,
        String correlationId,
        Caller caller,
        Original original,
        Optional<String> transaction,
        Locale language) {

    private static final int COOKIE_HASH = 16;

    /** The same check with a transaction. */
    Check with(String sent) {
        return new Check(
                realmId,
                ruleId,
                issuer,
                correlationId,
                caller,
                original,
                Optional.of(sent),
                language);
    }

    /** Where a browser keeps the transaction: two pages may wait at a time. */
    String cookieName() {
        return Headers.TRANSACTION + "-" + binding().substring(0, COOKIE_HASH);
    }

    /**
     * What an approval is good for, as a hash: this rule, caller, method, URL and body. Each part
     * is preceded by its length, so that no two lists of parts read alike.
     */
    String binding() {
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
                    original.bodyDigest().orElse("")
                }) {
            parts.append(part.length()).append(':').append(part);
        }
        return Hashes.sha256(parts.toString());
    }
}

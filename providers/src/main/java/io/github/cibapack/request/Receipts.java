// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.Entries;
import io.github.cibapack.store.KeptMemory;
import io.github.cibapack.store.OwnTransaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * What receipts of a user's latest approvals need: all that was asked, and the decision ({@code
 * ciba.receipt.<request>}). It is kept for as long as the approval is listed. The server has a
 * bounded memory for it; an approval that finds no place has no receipt.
 */
public final class Receipts {
    private static final String OUTCOME = "outcome.";

    private final OwnTransaction own;
    private final Approvals approvals;
    private final String realmId;

    public Receipts(KeycloakSession session) {
        this.own = new OwnTransaction(session);
        this.approvals = new Approvals(session);
        this.realmId = session.getContext().getRealm().getId();
    }

    /**
     * An approval.
     *
     * @param request what was asked
     * @param outcome the decision
     */
    public record Approved(AuthenticationRequest request, Outcome outcome) {}

    /** Keeps what the receipt of a new approval needs, if there is a place. */
    static void keep(
            KeycloakSession alone, AuthenticationRequest request, Outcome outcome, long seconds) {
        Map<String, String> notes = request.toReceiptNotes();
        outcome.toNotes().forEach((name, value) -> notes.put(OUTCOME + name, value));
        if (new KeptMemory(alone).takeForReceipt(request.clientId(), bytes(notes), seconds)) {
            new Entries(alone.singleUseObjects()).put(key(request.id()), seconds, notes);
        }
    }

    /** In memory; Latin texts take one byte for a letter and all others two. */
    private static long bytes(Map<String, String> notes) {
        return notes.entrySet().stream()
                .mapToLong(note -> 2L * (note.getKey().length() + note.getValue().length()))
                .sum();
    }

    /**
     * Those of a user's latest approvals that have receipts, newest first. What was taken back has
     * none.
     */
    public List<Approved> latest(String userId) {
        List<Approved> kept =
                own.run(
                        alone ->
                                new LatestApprovals(alone)
                                        .of(userId).stream()
                                                .flatMap(id -> read(alone, id).stream())
                                                .toList());
        return kept.stream()
                .filter(approved -> approvals.revocation(approved.request().id()).isEmpty())
                .toList();
    }

    private Optional<Approved> read(KeycloakSession alone, String requestId) {
        return new Entries(alone.singleUseObjects())
                .getIfKnown(key(requestId))
                .map(
                        notes ->
                                new Approved(
                                        AuthenticationRequest.of(requestId, notes),
                                        Outcome.of(outcome(notes))))
                .filter(approved -> approved.request().realmId().equals(realmId));
    }

    private static Map<String, String> outcome(Map<String, String> notes) {
        Map<String, String> outcome = new HashMap<>();
        notes.forEach(
                (name, value) -> {
                    if (name.startsWith(OUTCOME)) {
                        outcome.put(name.substring(OUTCOME.length()), value);
                    }
                });
        return outcome;
    }

    private static String key(String requestId) {
        return "ciba.receipt." + requestId;
    }
}

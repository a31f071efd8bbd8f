// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.transaction;

import io.github.cibapack.request.Approvals;
import io.github.cibapack.store.Entries;
import io.github.cibapack.store.Hashes;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.time.ServerClock;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * The transactions of one-time authorization. Their ids are known to the callers alone: only hashes
 * are kept, under the realm's own id. A transaction is used by removing it, which has one winner
 * across nodes.
 */
public final class OneTimeTransactions {
    private static final int ID_BYTES = 20;

    /** So that a late retry is told that time was up. */
    private static final int AFTERLIFE_SECONDS = 60;

    /** For the gateway that fetches the answer that it could not pass on. */
    private static final int ANSWER_SECONDS = 30;

    private static final String ANSWER = "answer";
    private static final String RESULT = "result";
    private static final String REQUEST = "request";

    private final OwnTransaction own;
    private final SingleUseObjectProvider store;
    private final Entries entries;
    private final String realmId;
    private final Approvals approvals;

    public OneTimeTransactions(KeycloakSession session) {
        this.own = new OwnTransaction(session);
        this.store = session.singleUseObjects();
        this.entries = new Entries(store);
        this.realmId = session.getContext().getRealm().getId();
        this.approvals = new Approvals(session);
    }

    /**
     * Keeps a transaction.
     *
     * @return its id, known to nobody but the caller
     */
    public String keep(OneTimeTransaction transaction) {
        String id = newId();
        entries.put(
                key("transaction", id),
                transaction.expiresAt() - ServerClock.seconds() + AFTERLIFE_SECONDS,
                transaction.toNotes());
        return id;
    }

    /** The transaction, unless it was used. */
    public Optional<OneTimeTransaction> find(String id) {
        return entries.get(key("transaction", id)).map(OneTimeTransaction::of);
    }

    /** Uses a transaction: exactly one caller of all nodes is told that it did. */
    public boolean use(String id) {
        return entries.take(key("transaction", id)).isPresent();
    }

    /**
     * Lets requests with a binding pass without a question.
     *
     * @param request the approved one; when it is revoked, this ends as well
     */
    public void grant(String binding, int seconds, String request) {
        entries.put(key("grace", binding), seconds, Map.of(REQUEST, request));
    }

    /** Whether requests with a binding pass without a question. */
    public boolean isGranted(String binding) {
        return entries.get(key("grace", binding))
                .map(notes -> notes.get(REQUEST))
                .filter(request -> !approvals.isRevoked(request))
                .isPresent();
    }

    /**
     * Keeps how a request at another server ended, which that server says once: in a transaction of
     * its own, so that nothing that fails later can lose it.
     */
    public void saveOutcome(String request, int seconds, String result) {
        String key = key("result", request);
        own.runIfRealmExists(
                alone ->
                        new Entries(alone.singleUseObjects())
                                .put(key, seconds, Map.of(RESULT, result)));
    }

    /** How a request at another server ended, if it did. */
    public Optional<String> outcome(String request) {
        return entries.get(key("result", request)).map(notes -> notes.get(RESULT));
    }

    /** Whether another server may be asked about a request: once in an interval, on any node. */
    public boolean mayAsk(String request, int interval) {
        return store.putIfAbsent(key("asked", request), interval);
    }

    /** Lets nobody ask for a while: the other server wants it slower. */
    public void pause(String request, int seconds) {
        entries.put(key("asked", request), seconds, Map.of());
    }

    /**
     * Keeps an answer for the gateway that will come for it.
     *
     * @return the id under which it is fetched, once
     */
    public String keepAnswer(String answer) {
        String id = newId();
        entries.put(key("answer", id), ANSWER_SECONDS, Map.of(ANSWER, answer));
        return id;
    }

    /** The answer, unless it was fetched. */
    public Optional<String> answer(String id) {
        return entries.get(key("answer", id)).map(notes -> notes.get(ANSWER));
    }

    /** Uses an answer up: exactly one caller of all nodes is told that it did. */
    public boolean useAnswer(String id) {
        return entries.take(key("answer", id)).isPresent();
    }

    private static String newId() {
        return Base64Url.encode(SecretGenerator.getInstance().randomBytes(ID_BYTES));
    }

    private String key(String kind, String id) {
        return "ciba.onetime." + kind + "." + Hashes.sha256(realmId + " " + id);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.AfterCommit;
import io.github.cibapack.store.IdempotencyKeys;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Starts a request once, however often its relying party sends it under one idempotency key: for
 * the request's life the same answer comes back, and nobody is asked again. What was refused may be
 * tried again under its key.
 */
final class IdempotentStart {
    private static final int MOMENT = 1;
    private static final String ASKED = "asked";
    private static final String SENT = "sent";

    private final KeycloakSession session;
    private final ClientModel client;
    private final String key;

    IdempotentStart(KeycloakSession session, ClientModel client, String key) {
        this.session = session;
        this.client = client;
        this.key = key;
    }

    /**
     * The answer to a form.
     *
     * @param start starts the request
     * @param verify checks a form that says the same as one before, but is another
     * @throws CibaErrorException if the key is not good for this form, or what start throws
     */
    Acknowledgement of(
            MultivaluedMap<String, String> form, Supplier<Acknowledgement> start, Runnable verify) {
        Fingerprint fingerprint = Fingerprint.of(key, form);
        IdempotencyKeys keys = new IdempotencyKeys(session);
        IdempotencyKeys.Claim claim = keys.claim(client.getId(), key);
        if (claim instanceof IdempotencyKeys.Claim.Answered before) {
            return again(before.kept(), fingerprint, verify);
        }
        if (claim instanceof IdempotencyKeys.Claim.InUse) {
            throw inUse();
        }
        return first(keys, fingerprint, start);
    }

    private Acknowledgement first(
            IdempotencyKeys keys, Fingerprint fingerprint, Supplier<Acknowledgement> start) {
        AtomicBoolean held = new AtomicBoolean(true);
        Runnable release =
                () -> {
                    if (held.getAndSet(false)) {
                        keys.release(client.getId(), key);
                    }
                };
        AfterCommit.run(session, () -> {}, release);
        try {
            Acknowledgement answer = start.get();
            Map<String, String> notes = new HashMap<>(answer.toNotes());
            notes.put(ASKED, fingerprint.asked());
            notes.put(SENT, fingerprint.sent());
            keys.keep(client.getId(), key, answer.expiresIn(), notes);
            // after the answer is there to be found: its life may be shorter than the claim's
            AfterCommit.run(session, release);
            return answer;
        } catch (RuntimeException e) {
            // now, and not with the rollback: a repetition may come as soon as the answer is out
            release.run();
            throw e;
        }
    }

    private Acknowledgement again(
            Map<String, String> kept, Fingerprint fingerprint, Runnable verify) {
        if (!fingerprint.asked().equals(kept.get(ASKED))) {
            throw new CibaErrorException(
                    CibaError.KEY_USED,
                    "The Idempotency-Key was used for another request.",
                    "idempotency_key_used");
        }
        if (!fingerprint.sent().equals(kept.get(SENT))) {
            // a request that was signed anew: its signature has been seen by nobody
            verify.run();
        }
        Acknowledgement answer = Acknowledgement.of(kept);
        new Requests(session)
                .shownAs(answer.authReqId())
                .ifPresent(
                        request ->
                                request.describe(
                                                CibaEvents.event(session, CibaEvent.REPEATED),
                                                session.getContext().getRealm())
                                        .success());
        return answer;
    }

    private static CibaErrorException inUse() {
        return new CibaErrorException(
                CibaError.KEY_IN_USE,
                "A request with this Idempotency-Key is being processed.",
                "idempotency_key_in_use",
                MOMENT);
    }
}

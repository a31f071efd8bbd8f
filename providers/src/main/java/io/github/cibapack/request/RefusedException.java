// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.channel.Unreachable;
import io.github.cibapack.channel.UnreachableException;
import io.github.cibapack.store.StoreOutage;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/** A request is refused. Carries what the relying party is told and nothing that it sent. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final String reason;
    private final int retryAfterSeconds;
    private final CibaEvent step;
    private final boolean tellsThatUserExists;
    private final transient Map<String, String> details;

    /**
     * A refusal.
     *
     * @param sentence what the relying party is told; never a value that it sent
     * @param reason the event's reason, for the admin: may tell what the relying party must not
     *     learn
     */
    public RefusedException(Refusal refusal, String sentence, String reason) {
        this(refusal, sentence, reason, 0);
    }

    /**
     * A refusal that passes.
     *
     * @param retryAfterSeconds when to try again; 0 where nobody can say
     * @see #RefusedException(Refusal, String, String)
     */
    public RefusedException(
            Refusal refusal, String sentence, String reason, int retryAfterSeconds) {
        this(
                refusal,
                sentence,
                reason,
                retryAfterSeconds,
                CibaEvent.REFUSED,
                refusal == Refusal.UNKNOWN_USER_ID
                        || refusal == Refusal.ACCESS_DENIED
                        || refusal == Refusal.INVALID_USER_CODE,
                Map.of());
    }

    /** The server's store does not answer at the moment. */
    public static RefusedException storeOutage() {
        return new RefusedException(
                Refusal.SERVER_ERROR,
                "The server cannot process requests at the moment.",
                "store_outage",
                StoreOutage.RETRY_AFTER_SECONDS);
    }

    /** A scope that no user could grant the client. */
    static RefusedException unknownScope() {
        return new RefusedException(
                Refusal.INVALID_SCOPE,
                "The scope contains a value that this client may not ask for.",
                "unknown_scope");
    }

    /** A scope that the user cannot grant: which one and why would tell about the user. */
    static RefusedException scopeOfUser() {
        return ofUser(
                Refusal.INVALID_SCOPE,
                "The scope contains a value that cannot be granted for this user.",
                "scope_not_granted_to_user");
    }

    /** A refusal that only a user who exists can run into. */
    private static RefusedException ofUser(Refusal refusal, String sentence, String reason) {
        return new RefusedException(
                refusal, sentence, reason, 0, CibaEvent.REFUSED, true, Map.of());
    }

    /** No channel can reach the user. */
    static RefusedException unreachable(UnreachableException e) {
        Unreachable why = e.why();
        return new RefusedException(
                why.dependsOnUser() ? Refusal.ACCESS_DENIED : Refusal.SERVER_ERROR,
                why.sentence(),
                why.name().toLowerCase(Locale.ROOT),
                why.retryAfterSeconds(),
                CibaEvent.REFUSED,
                why.tellsThatUserExists(),
                Map.of());
    }

    private RefusedException(
            Refusal refusal,
            String sentence,
            String reason,
            int retryAfterSeconds,
            CibaEvent step,
            boolean tellsThatUserExists,
            Map<String, String> details) {
        super(sentence, null, false, false);
        this.refusal = refusal;
        this.reason = reason;
        this.retryAfterSeconds = retryAfterSeconds;
        this.step = step;
        this.tellsThatUserExists = tellsThatUserExists;
        this.details = Map.copyOf(details);
    }

    /**
     * A limit is reached.
     *
     * @param policy name of the notification policy
     * @param counter which of its limits
     */
    static RefusedException throttled(
            String sentence, String policy, String counter, int retryAfterSeconds) {
        return new RefusedException(
                Refusal.ACCESS_DENIED,
                sentence,
                "limit_reached",
                retryAfterSeconds,
                CibaEvent.THROTTLED,
                true,
                Map.of(AuditTrail.NOTIFICATION_POLICY, policy, AuditTrail.COUNTER, counter));
    }

    public Refusal refusal() {
        return refusal;
    }

    public String sentence() {
        return getMessage();
    }

    public String reason() {
        return reason;
    }

    /** Writes the refusal into an event that has been begun; the caller sends it. */
    void describe(EventBuilder event, KeycloakSession session) {
        AuditTrail.mark(event, session, step).detail(AuditTrail.REASON, reason);
        details.forEach(event::detail);
    }

    /**
     * Whether the refusal tells something about the user. To be asked only of what is thrown once
     * the relying party is authenticated and its request is sound.
     */
    public boolean dependsOnUser() {
        return tellsThatUserExists;
    }

    /** Seconds for the header {@code Retry-After} (RFC 9110 §10.2.3), where there are any. */
    public OptionalInt retryAfter() {
        return retryAfterSeconds > 0 ? OptionalInt.of(retryAfterSeconds) : OptionalInt.empty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.HeldBackEvent;
import io.github.cibapack.channel.Unreachable;
import io.github.cibapack.channel.UnreachableException;
import io.github.cibapack.hint.HintRefusedException;
import io.github.cibapack.notification.ThrottledException;
import io.github.cibapack.store.StoreOutage;
import java.util.Map;
import java.util.OptionalInt;
import org.keycloak.models.KeycloakSession;

/** A request is refused. Carries what the relying party is told and nothing that it sent. */
public final class CibaErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One for all, so that a client does not learn what others ask or the user said. */
    private static final String NOT_NOW = "The user cannot be asked at the moment.";

    /** The reason if the user is locked. */
    static final String USER_LOCKED = "user_locked";

    private final CibaError error;
    private final String reason;
    private final int retryAfterSeconds;
    private final CibaEvent step;
    private final boolean tellsThatUserExists;
    private final transient Map<String, String> details;

    /**
     * An error.
     *
     * @param sentence what the relying party is told; never a value that it sent
     * @param reason the event's reason, for the admin: may tell what the relying party must not
     *     learn
     */
    public CibaErrorException(CibaError error, String sentence, String reason) {
        this(error, sentence, reason, 0);
    }

    /**
     * An error that passes.
     *
     * @param retryAfterSeconds when to try again; 0 if that is not known
     * @see #CibaErrorException(CibaError, String, String)
     */
    public CibaErrorException(
            CibaError error, String sentence, String reason, int retryAfterSeconds) {
        this(
                error,
                sentence,
                reason,
                retryAfterSeconds,
                CibaEvent.REFUSED,
                error == CibaError.UNKNOWN_USER_ID
                        || error == CibaError.ACCESS_DENIED
                        || error == CibaError.INVALID_USER_CODE,
                Map.of());
    }

    /** A request that is not as it must be; never tells a value that it sent. */
    public static CibaErrorException invalid(String sentence, String reason) {
        return new CibaErrorException(CibaError.INVALID_REQUEST, sentence, reason);
    }

    /** The server's store does not answer at the moment. */
    public static CibaErrorException storeOutage() {
        return new CibaErrorException(
                CibaError.SERVER_ERROR,
                StoreOutage.SENTENCE,
                "store_outage",
                StoreOutage.RETRY_AFTER_SECONDS);
    }

    /** Something fails on the way to the user. */
    static CibaErrorException unavailable(String reason) {
        return new CibaErrorException(
                CibaError.SERVER_ERROR, "The user cannot be reached at the moment.", reason);
    }

    /** A scope that no user could grant the client. */
    static CibaErrorException unknownScope() {
        return new CibaErrorException(
                CibaError.INVALID_SCOPE,
                "The scope contains a value that this client may not ask for.",
                "unknown_scope");
    }

    /** A scope that the user cannot grant: which one and why would tell about the user. */
    static CibaErrorException scopeOfUser() {
        return ofUser(
                CibaError.INVALID_SCOPE,
                "The scope contains a value that cannot be granted for this user.",
                "scope_not_granted_to_user");
    }

    /** A resource that the client's tokens for this user are not for. */
    static CibaErrorException resourceOfUser() {
        return ofUser(
                CibaError.INVALID_TARGET,
                "The access token that is asked for cannot be for this resource.",
                "resource_not_in_audience");
    }

    /** A token names a user who is there, and is not good for this user any more. */
    static CibaErrorException hintOfUser(HintRefusedException e) {
        return ofUser(CibaError.INVALID_REQUEST, e.sentence(), e.failure().reason());
    }

    /** An error that only a user who exists can run into. */
    private static CibaErrorException ofUser(CibaError error, String sentence, String reason) {
        return new CibaErrorException(
                error, sentence, reason, 0, CibaEvent.REFUSED, true, Map.of());
    }

    /** No channel can reach the user. */
    static CibaErrorException unreachable(UnreachableException e) {
        Unreachable why = e.why();
        return new CibaErrorException(
                why.dependsOnUser() ? CibaError.ACCESS_DENIED : CibaError.SERVER_ERROR,
                why.sentence(),
                why.reason(),
                why.retryAfterSeconds(),
                CibaEvent.REFUSED,
                why.tellsThatUserExists(),
                Map.of());
    }

    private CibaErrorException(
            CibaError error,
            String sentence,
            String reason,
            int retryAfterSeconds,
            CibaEvent step,
            boolean tellsThatUserExists,
            Map<String, String> details) {
        super(sentence, null, false, false);
        this.error = error;
        this.reason = reason;
        this.retryAfterSeconds = retryAfterSeconds;
        this.step = step;
        this.tellsThatUserExists = tellsThatUserExists;
        this.details = Map.copyOf(details);
    }

    /** The user has said that the client's requests are not wanted. */
    static CibaErrorException reported(long retryAfterSeconds) {
        return new CibaErrorException(
                CibaError.ACCESS_DENIED, NOT_NOW, "reported", Math.toIntExact(retryAfterSeconds));
    }

    /** A limit is reached. */
    static CibaErrorException throttled(ThrottledException e) {
        return new CibaErrorException(
                CibaError.ACCESS_DENIED,
                NOT_NOW,
                "limit_reached",
                e.retryAfterSeconds(),
                CibaEvent.THROTTLED,
                e.limit().dependsOnUser(),
                Map.of(
                        CibaEvents.NOTIFICATION_POLICY,
                        e.policy(),
                        CibaEvents.COUNTER,
                        e.limit().detail()));
    }

    public CibaError error() {
        return error;
    }

    public String sentence() {
        return getMessage();
    }

    public String reason() {
        return reason;
    }

    /** Writes the event of the request as the one of its refusal. */
    void write(HeldBackEvent event, KeycloakSession session) {
        CibaEvents.mark(event, session, step).detail(CibaEvents.REASON, reason);
        details.forEach(event::detail);
        event.refused(error.code());
    }

    /**
     * Whether the error tells something about the user. To be asked only of what is thrown once the
     * relying party is authenticated and its request is sound.
     */
    public boolean dependsOnUser() {
        return tellsThatUserExists;
    }

    /** Whether nobody was found whose user code could have been looked at. */
    boolean isBeforeUserCode() {
        return error == CibaError.UNKNOWN_USER_ID || USER_LOCKED.equals(reason);
    }

    /** Seconds for the header {@code Retry-After} (RFC 9110 §10.2.3), if there are any. */
    public OptionalInt retryAfter() {
        return retryAfterSeconds > 0 ? OptionalInt.of(retryAfterSeconds) : OptionalInt.empty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import jakarta.ws.rs.core.Response.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A check is refused before any decision. Carries what the caller is told and nothing else. */
public final class RefusedCheckException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Status status;
    private final String error;
    private final int retryAfterSeconds;

    /** A refusal that may last. */
    public RefusedCheckException(Status status, String error, String sentence) {
        this(status, error, sentence, 0);
    }

    /**
     * A refusal.
     *
     * @param status HTTP status
     * @param error short word for programs
     * @param sentence for people
     * @param retryAfterSeconds when to try again; 0 if that is unknown
     */
    public RefusedCheckException(
            Status status, String error, String sentence, int retryAfterSeconds) {
        super(sentence, null, false, false);
        this.status = status;
        this.error = error;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public static RefusedCheckException unavailable(String sentence) {
        return unavailable(sentence, 0);
    }

    /** Nobody can tell at the moment. */
    public static RefusedCheckException unavailable(String sentence, int retryAfterSeconds) {
        return new RefusedCheckException(
                Status.SERVICE_UNAVAILABLE, "temporarily_unavailable", sentence, retryAfterSeconds);
    }

    public static RefusedCheckException denied(String sentence) {
        return new RefusedCheckException(Status.FORBIDDEN, "access_denied", sentence);
    }

    public static RefusedCheckException invalid(String sentence) {
        return new RefusedCheckException(Status.BAD_REQUEST, "invalid_request", sentence);
    }

    /**
     * A stage that does not fail where another one is refused.
     *
     * @param answer in the place of the refusal
     */
    public static <T> CompletionStage<T> answered(
            CompletionStage<T> stage, Function<RefusedCheckException, CompletionStage<T>> answer) {
        return stage.exceptionallyCompose(
                failure -> {
                    Throwable cause =
                            failure instanceof CompletionException ? failure.getCause() : failure;
                    return cause instanceof RefusedCheckException refused
                            ? answer.apply(refused)
                            : CompletableFuture.failedStage(failure);
                });
    }

    public boolean isTemporary() {
        return status == Status.SERVICE_UNAVAILABLE;
    }

    public Status status() {
        return status;
    }

    public String error() {
        return error;
    }

    public String sentence() {
        return getMessage();
    }

    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.keycloak.models.ModelException;

/**
 * Tells a store that does not answer at the moment, or not in a form that this node knows, from an
 * error of the pack's own.
 */
public final class StoreOutage {

    /** When a caller may try again: a node that hangs is given up within this time. */
    public static final int RETRY_AFTER_SECONDS = 15;

    /** What a caller reads. */
    public static final String SENTENCE = "The server cannot process requests at the moment.";

    /** More causes than any failure has; a chain that leads to itself ends here. */
    private static final int MOST_CAUSES = 20;

    /** By name, as the pack links to neither. */
    private static final String CACHE = "org.infinispan.";

    private static final String DATABASE = "jakarta.persistence.";

    /** What a commit says that has failed. */
    private static final String COMMIT = "jakarta.transaction.";

    /** Of an SQLSTATE: the database has rolled the transaction back, and another one goes on. */
    private static final String ROLLED_BACK = "40";

    private StoreOutage() {}

    /** Whether the cache or the database is the cause of a failure. */
    public static boolean isCauseOf(Throwable failure) {
        return causes(failure).anyMatch(StoreOutage::isOne);
    }

    /** Whether the same once more is likely to succeed, since another transaction came first. */
    public static boolean isDeadlock(Throwable failure) {
        return causes(failure)
                .anyMatch(
                        cause ->
                                cause instanceof SQLException sql
                                        && sql.getSQLState() != null
                                        && sql.getSQLState().startsWith(ROLLED_BACK));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES);
    }

    private static boolean isOne(Throwable cause) {
        String name = cause.getClass().getName();
        return cause instanceof NewerEntryException
                || cause instanceof SQLException
                || name.startsWith(CACHE)
                || name.startsWith(DATABASE)
                || name.startsWith(COMMIT)
                || isLostConnection(cause);
    }

    /** Keycloak keeps the last cause of what its database says, and none in between. */
    private static boolean isLostConnection(Throwable cause) {
        return cause instanceof ModelException && cause.getCause() instanceof IOException;
    }
}

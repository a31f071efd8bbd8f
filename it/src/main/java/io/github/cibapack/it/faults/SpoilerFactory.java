// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.faults;

import io.github.cibapack.it.server.TestJar;
import io.github.cibapack.it.server.TestProviderFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;

/**
 * Runs inside the server: spoils the transaction of the first redemption of two clients, as another
 * extension or a database may.
 */
public final class SpoilerFactory
        implements EventListenerProviderFactory, TestProviderFactory<EventListenerProvider> {
    /** Its transaction is marked, and rolled back without a word. */
    public static final String MARKED = "marked-pump";

    /** Its transaction fails when it is committed. */
    public static final String FAILING = "failing-pump";

    private final Set<String> spoilt = ConcurrentHashMap.newKeySet();

    /** The provider as a JAR in {@code target}. */
    public static Path provider() {
        return TestJar.ofProvider(
                "spoiler.jar",
                EventListenerProviderFactory.class.getName(),
                SpoilerFactory.class,
                "SpoilerFactory$Spoiler",
                "SpoilerFactory$FailingCommit");
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new Spoiler(session, spoilt);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return "spoiler";
    }

    /** Looks at events of one session. */
    private record Spoiler(KeycloakSession session, Set<String> spoilt)
            implements EventListenerProvider {
        @Override
        public void onEvent(Event event) {
            boolean redeemed =
                    event.getDetails() != null
                            && "redeemed".equals(event.getDetails().get("ciba_event"));
            if (!redeemed) {
                return;
            }
            String client = event.getClientId();
            String of = event.getRealmId() + " " + client;
            if (MARKED.equals(client) && spoilt.add(of)) {
                session.getTransactionManager().setRollbackOnly();
            } else if (FAILING.equals(client) && spoilt.add(of)) {
                session.getTransactionManager().enlistPrepare(new FailingCommit());
            }
        }

        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {
            // of no interest
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** As if the connection to the database were lost. */
    private static final class FailingCommit extends AbstractKeycloakTransaction {
        @Override
        protected void commitImpl() {
            throw new ModelException("spoilt", new IOException("spoilt"));
        }

        @Override
        protected void rollbackImpl() {
            // nothing was done
        }
    }
}

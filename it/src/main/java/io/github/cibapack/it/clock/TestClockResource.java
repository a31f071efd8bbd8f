// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clock;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.lang.reflect.Method;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;

/** Runs inside the server: puts Keycloak's clock, and that of its caches, forward. */
public final class TestClockResource {
    private final KeycloakSession session;

    TestClockResource(KeycloakSession session) {
        this.session = session;
    }

    /** Adds to the offset, in seconds, and answers it. */
    @POST
    @Path("{seconds}")
    public String forward(@PathParam("seconds") int seconds) {
        followKeycloaksTime();
        Time.setOffset(Time.getOffset() + seconds);
        return Integer.toString(Time.getOffset());
    }

    /**
     * The caches end their entries by a clock of their own; Keycloak has a switch for its own
     * tests, which is called by name, as its classes are not on this module's class path.
     */
    private void followKeycloaksTime() {
        try {
            Class<? extends Provider> type =
                    Class.forName(
                                    "org.keycloak.connections.infinispan.InfinispanConnectionProvider")
                            .asSubclass(Provider.class);
            Object connections = session.getProvider(type);
            Object cache =
                    type.getMethod("getCache", String.class).invoke(connections, "actionTokens");
            Object manager =
                    Class.forName("org.infinispan.Cache")
                            .getMethod("getCacheManager")
                            .invoke(cache);
            Method follow =
                    Class.forName("org.keycloak.connections.infinispan.InfinispanUtil")
                            .getMethod(
                                    "setTimeServiceToKeycloakTime",
                                    Class.forName("org.infinispan.manager.EmbeddedCacheManager"));
            follow.invoke(null, manager);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The caches' clock cannot be set", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The settings that hold for a client. */
public final class ClientSettingsResource {
    private final RealmModel realm;
    private final Permissions permissions;
    private final String id;

    ClientSettingsResource(KeycloakSession session, Permissions permissions, String id) {
        this.realm = session.getContext().getRealm();
        this.permissions = permissions;
        this.id = id;
    }

    /**
     * Each setting, and where it comes from.
     *
     * @param acrValues what a request would ask for
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public SettingsRepresentation show(@QueryParam("acr_values") String acrValues) {
        permissions.requireLook();
        ClientModel client = realm.getClientById(id);
        if (client == null) {
            throw permissions.absent("Client not found");
        }
        return new EffectiveSettings(realm, client)
                .of(Optional.ofNullable(acrValues).filter(values -> !values.isBlank()));
    }
}

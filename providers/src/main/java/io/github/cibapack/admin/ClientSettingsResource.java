// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.keycloak.models.ClientModel;

/** The settings that hold for a client. */
public final class ClientSettingsResource {
    private final AdminCall call;
    private final String id;

    ClientSettingsResource(AdminCall call, String id) {
        this.call = call;
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
        call.permissions().requireView();
        ClientModel client = call.realm().getClientById(id);
        if (client == null) {
            throw call.permissions().absent("Client not found");
        }
        return new EffectiveSettings(call.realm(), client)
                .of(Optional.ofNullable(acrValues).filter(values -> !values.isBlank()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oauth2.OAuth2WellKnownProviderFactory;

/**
 * The document at the place where RFC 8414 §3.1 wants it for an issuer with a path: {@code
 * /.well-known/oauth-authorization-server} stands before the path. Keycloak serves that form for
 * realms.
 */
@Path("/.well-known/oauth-authorization-server/realms/{realm}/as")
public final class AsMetadataResource {

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response document(
            @Context KeycloakSession session, @PathParam("realm") String realmName) {
        RealmModel realm = session.realms().getRealmByName(realmName);
        if (realm == null) {
            throw new NotFoundException("Realm does not exist");
        }
        session.getContext().setRealm(realm);
        return new AsDiscovery(session, new AsResponses(session))
                .answer(OAuth2WellKnownProviderFactory.PROVIDER_ID);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.links.ServerLinks;
import io.github.cibapack.policy.UserCodeParameter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationProvider;
import org.keycloak.util.JsonSerialization;

/**
 * Keycloak's client registration endpoint, which also understands {@code
 * backchannel_user_code_parameter}. Keycloak decides who may register what, before the field is
 * written or read.
 */
public final class CibaClientRegistration implements ClientRegistrationProvider {
    private final KeycloakSession session;
    private final OIDCClientRegistrationProvider keycloaks;

    CibaClientRegistration(KeycloakSession session) {
        this.session = session;
        this.keycloaks = new OIDCClientRegistrationProvider(session);
    }

    @OPTIONS
    public Response preflight() {
        return answersBrowsers() ? BrowserAnswers.preflight(keycloaks) : Response.ok().build();
    }

    @OPTIONS
    @Path("{clientId}")
    public Response preflightClient() {
        return answersBrowsers()
                ? BrowserAnswers.preflightClient(keycloaks)
                : Response.ok().build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response create(JsonNode body) throws JsonProcessingException {
        UserCodeMetadata metadata = UserCodeMetadata.of(body);
        return keep(metadata.userCode(), keycloaks.createOIDC(metadata.rest()));
    }

    @GET
    @Path("{clientId}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response read(@PathParam("clientId") String clientId) {
        return complete(keycloaks.getOIDC(clientId));
    }

    @PUT
    @Path("{clientId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response update(@PathParam("clientId") String clientId, JsonNode body)
            throws JsonProcessingException {
        UserCodeMetadata metadata = UserCodeMetadata.of(body);
        return keep(metadata.userCode(), keycloaks.updateOIDC(clientId, metadata.rest()));
    }

    @DELETE
    @Path("{clientId}")
    public Response delete(@PathParam("clientId") String clientId) {
        if (answersBrowsers()) {
            return BrowserAnswers.delete(keycloaks, clientId);
        }
        keycloaks.getEvent().event(EventType.CLIENT_DELETE);
        keycloaks.delete(clientId);
        return Response.noContent().build();
    }

    private static boolean answersBrowsers() {
        return ServerLinks.here().have(() -> BrowserAnswers.class);
    }

    private Response keep(Optional<Boolean> userCode, Response answer) {
        client(answer).ifPresent(client -> new UserCodeDuty(client).register(userCode));
        return complete(answer);
    }

    private Response complete(Response answer) {
        Optional<String> userCode =
                client(answer)
                        .map(client -> client.getAttribute(UserCodeParameter.CLIENT_ATTRIBUTE));
        if (userCode.isEmpty()) {
            return answer;
        }
        ObjectNode body = JsonSerialization.mapper.valueToTree(answer.getEntity());
        body.put(UserCodeParameter.METADATA, Boolean.parseBoolean(userCode.get()));
        return Response.fromResponse(answer).entity(body).build();
    }

    private Optional<ClientModel> client(Response answer) {
        return answer.getEntity() instanceof OIDCClientRepresentation registered
                ? Optional.ofNullable(
                        session.getContext()
                                .getRealm()
                                .getClientByClientId(registered.getClientId()))
                : Optional.empty();
    }

    @Override
    public void setAuth(ClientRegistrationAuth auth) {
        keycloaks.setAuth(auth);
    }

    @Override
    public ClientRegistrationAuth getAuth() {
        return keycloaks.getAuth();
    }

    @Override
    public void setEvent(EventBuilder event) {
        keycloaks.setEvent(event);
    }

    @Override
    public EventBuilder getEvent() {
        return keycloaks.getEvent();
    }

    @Override
    public void close() {
        keycloaks.close();
    }
}

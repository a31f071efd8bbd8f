// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.TracedStep;
import io.github.cibapack.clientauth.SentCredentials;
import io.github.cibapack.hint.HintRefusedException;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.text.Json;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationEndpoint;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;
import org.keycloak.services.ErrorResponseException;

/**
 * Keycloak's own endpoint with its behaviour and texts. Keycloak authenticates the client, parses
 * the request, finds the user and keeps the device code; what {@link KeycloakIntake} adds has its
 * place where Keycloak calls back.
 */
final class KeycloakAuthenticationEndpoint extends BackchannelAuthenticationEndpoint {
    /** The names that the stored request uses itself. */
    private static final Set<String> RESERVED = Json.membersOf(CIBAAuthenticationRequest.class);

    private final KeycloakIntake intake;

    KeycloakAuthenticationEndpoint(KeycloakSession session, EventBuilder event) {
        this(new KeycloakIntake(session), event);
    }

    private KeycloakAuthenticationEndpoint(KeycloakIntake intake, EventBuilder event) {
        super(intake.view(), event);
        this.intake = intake;
    }

    @Override
    public Response processGrantRequest() {
        try {
            return TracedStep.INTAKE.trace(
                    session, notes -> intake.acknowledged(super.processGrantRequest()));
        } catch (HintRefusedException e) {
            throw intake.answer(UserResolution.refusal(e));
        } catch (CibaErrorException e) {
            throw intake.answer(e);
        } catch (InvalidSettingException e) {
            throw intake.answer(PolicyChoice.invalidSetting(session, e));
        } catch (ErrorResponseException e) {
            // Keycloak has one answer for all that goes wrong in a channel
            throw intake.refusal().map(intake::answer).orElse(e);
        }
    }

    @Override
    protected ClientModel authenticateClient() {
        if (SentCredentials.faultOf(session)
                .filter(SentCredentials.Fault.CREDENTIALS::equals)
                .isPresent()) {
            throw intake.answer(ClientAuthentication.notAuthenticated());
        }
        ClientModel client = super.authenticateClient();
        if (client.isPublicClient()) {
            throw intake.answer(ClientAuthentication.publicClient());
        }
        intake.authenticated(client);
        return client;
    }

    @Override
    protected void extractAdditionalParams(
            BackchannelAuthenticationEndpointRequest sent, CIBAAuthenticationRequest request) {
        sent.getAdditionalReqParams().keySet().removeIf(RESERVED::contains);
        super.extractAdditionalParams(sent, request);
        intake.parsed(sent, request);
    }
}

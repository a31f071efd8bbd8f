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
 * the request, finds the user and keeps the device code; what {@link KeycloakDialect} adds has its
 * place where Keycloak calls back.
 */
final class KeycloakAuthenticationEndpoint extends BackchannelAuthenticationEndpoint {
    /** The names that the stored request uses itself. */
    private static final Set<String> RESERVED = Json.membersOf(CIBAAuthenticationRequest.class);

    private final KeycloakDialect dialect;

    KeycloakAuthenticationEndpoint(KeycloakSession session, EventBuilder event) {
        this(new KeycloakDialect(session), event);
    }

    private KeycloakAuthenticationEndpoint(KeycloakDialect dialect, EventBuilder event) {
        super(dialect.view(), event);
        this.dialect = dialect;
    }

    @Override
    public Response processGrantRequest() {
        try {
            return TracedStep.INTAKE.trace(
                    session, notes -> dialect.acknowledged(super.processGrantRequest()));
        } catch (HintRefusedException e) {
            throw dialect.answer(UserResolution.refusal(e));
        } catch (CibaErrorException e) {
            throw dialect.answer(e);
        } catch (InvalidSettingException e) {
            throw dialect.answer(PolicyChoice.invalidSetting(session, e));
        } catch (ErrorResponseException e) {
            // Keycloak has one answer for all that goes wrong in a channel
            throw dialect.refusal().map(dialect::answer).orElse(e);
        }
    }

    @Override
    protected ClientModel authenticateClient() {
        if (SentCredentials.faultOf(session)
                .filter(SentCredentials.Fault.CREDENTIALS::equals)
                .isPresent()) {
            throw dialect.answer(ClientAuthentication.notAuthenticated());
        }
        ClientModel client = super.authenticateClient();
        if (client.isPublicClient()) {
            throw dialect.answer(ClientAuthentication.publicClient());
        }
        dialect.authenticated(client);
        return client;
    }

    @Override
    protected void extractAdditionalParams(
            BackchannelAuthenticationEndpointRequest sent, CIBAAuthenticationRequest request) {
        sent.getAdditionalReqParams().keySet().removeIf(RESERVED::contains);
        super.extractAdditionalParams(sent, request);
        dialect.parsed(sent, request);
    }
}

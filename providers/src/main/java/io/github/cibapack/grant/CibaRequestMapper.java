// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

/**
 * A protocol mapper that tells, in the tokens, which request they are for: its id and its binding
 * message. Tokens that were not got by CIBA have neither claim.
 */
public final class CibaRequestMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OIDCIDTokenMapper, TokenIntrospectionTokenMapper {
    public static final String PROVIDER_ID = "ciba-request-mapper";

    private static final String REQUEST_ID_CLAIM = "auth_req_id.claim";
    private static final String BINDING_MESSAGE_CLAIM = "binding_message.claim";
    private static final String REQUEST_ID_NOTE = "ciba.auth_req_id";
    private static final String BINDING_MESSAGE_NOTE = "ciba.binding_message";

    /** A key that no bundle has: without any, Keycloak's answer to a refusal is an error 500. */
    private static final String INVALID_CLAIM = "cibaMapperInvalidClaim";

    private static final Pattern CLAIM = Pattern.compile("[A-Za-z0-9_:/.-]{1,128}");
    private static final Set<String> RESERVED = Json.membersOf(AccessToken.class);

    /** Keeps what the mapper shows, for as long as the session, where there is a mapper at all. */
    static void remember(ClientSessionContext context, AuthenticationRequest record) {
        if (context.getProtocolMappersStream()
                .noneMatch(mapper -> PROVIDER_ID.equals(mapper.getProtocolMapper()))) {
            return;
        }
        var session = context.getClientSession();
        session.setNote(REQUEST_ID_NOTE, RequestIds.shown(record.id()));
        record.bindingMessage().ifPresent(text -> session.setNote(BINDING_MESSAGE_NOTE, text));
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel mapper,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        show(token, mapper, REQUEST_ID_CLAIM, context, REQUEST_ID_NOTE);
        show(token, mapper, BINDING_MESSAGE_CLAIM, context, BINDING_MESSAGE_NOTE);
    }

    /** What an import has brought past the validation must not overwrite a claim of Keycloak's. */
    private static void show(
            IDToken token,
            ProtocolMapperModel mapper,
            String key,
            ClientSessionContext context,
            String note) {
        String value = context.getClientSession().getNote(note);
        if (value != null) {
            claim(mapper, key)
                    .filter(CibaRequestMapper::isAllowed)
                    .ifPresent(name -> token.setOtherClaims(name, value));
        }
    }

    private static Optional<String> claim(ProtocolMapperModel mapper, String key) {
        return Optional.ofNullable(mapper.getConfig().get(key))
                .map(String::trim)
                .filter(name -> !name.isEmpty());
    }

    private static boolean isAllowed(String name) {
        return CLAIM.matcher(name).matches()
                && !name.equals(AuthorizationDetails.PARAMETER)
                && !RESERVED.contains(name);
    }

    @Override
    public void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel mapper)
            throws ProtocolMapperConfigException {
        for (String key : List.of(REQUEST_ID_CLAIM, BINDING_MESSAGE_CLAIM)) {
            Optional<String> name = claim(mapper, key);
            if (name.isPresent() && !isAllowed(name.get())) {
                throw new ProtocolMapperConfigException(
                        key
                                + " must be 1–128 of A–Z, a–z, 0–9, _ : / . - and no claim that"
                                + " Keycloak sets itself",
                        INVALID_CLAIM);
            }
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        List<ProviderConfigProperty> properties = new ArrayList<>();
        properties.add(
                claimName(
                        REQUEST_ID_CLAIM,
                        "Claim for the request id",
                        "Name of the claim with the auth_req_id. Empty: none.",
                        "auth_req_id"));
        properties.add(
                claimName(
                        BINDING_MESSAGE_CLAIM,
                        "Claim for the binding message",
                        "Name of the claim with the binding_message. Empty: none.",
                        "binding_message"));
        OIDCAttributeMapperHelper.addIncludeInTokensConfig(properties, CibaRequestMapper.class);
        return properties;
    }

    private static ProviderConfigProperty claimName(
            String key, String label, String help, String fallback) {
        return new ProviderConfigProperty(
                key, label, help, ProviderConfigProperty.STRING_TYPE, fallback);
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getDisplayType() {
        return "CIBA request";
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getHelpText() {
        return "Puts the id and the binding message of the CIBA request into the tokens.";
    }
}

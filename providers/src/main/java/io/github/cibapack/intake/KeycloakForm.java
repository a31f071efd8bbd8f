// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.policy.UserCodeParameter;
import io.github.cibapack.request.RequestContext;
import io.github.cibapack.resource.ResourceIndicators;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;
import org.keycloak.services.Urls;

/**
 * The form of a request at Keycloak's own endpoint: what Keycloak must not see when it parses the
 * form, and what it does not look at, or not closely enough.
 */
final class KeycloakForm {
    private final KeycloakSession session;
    private final MultivaluedMap<String, String> form;
    private final UnseenScope unseenScope;

    /** Taken out of the form or of the signed request; null if none was sent. */
    private String userCode;

    KeycloakForm(KeycloakSession session) {
        this.session = session;
        this.form = session.getContext().getHttpRequest().getDecodedFormParameters();
        this.unseenScope = new UnseenScope(session);
    }

    Optional<String> first(String parameter) {
        return Optional.ofNullable(form.getFirst(parameter));
    }

    /**
     * Drops what counts as not sent.
     *
     * @throws CibaErrorException if a parameter is too long to be looked at, or one that Keycloak
     *     would fail to read
     */
    void tidy(ClientModel client) {
        SentParameters.dropEmpty(form);
        SentParameters.requireLengths(form);
        for (String name : SentParameters.NUMBERS) {
            first(name).ifPresent(text -> SentParameters.requireNumber(name, text));
        }
        SignedRequest.fetch(session, client, form);
        SignedRequest.requireVerified(session, client, form);
    }

    /** Keeps from Keycloak what of the scope depends on users. */
    void hideScope(ClientModel client) {
        unseenScope.takeOut(client, form);
    }

    /**
     * Keycloak refuses any {@code user_code}, so it is taken out of the form of a client that must
     * send one. Beside a signed request it stays refused.
     */
    void takeUserCode(ClientModel client) {
        List<String> codes = form.get(CibaGrantType.USER_CODE);
        if (UserCodeParameter.isUsedBy(client)
                && !SignedRequest.isSigned(form)
                && codes != null
                && codes.size() == 1) {
            userCode = codes.get(0);
            form.remove(CibaGrantType.USER_CODE);
        }
    }

    /**
     * The same for the verified claims of a signed request, before Keycloak's parser reads them.
     */
    void takeOut(ClientModel client, ObjectNode claims, boolean hidesUsers) {
        if (hidesUsers) {
            unseenScope.takeOut(client, claims);
        }
        if (UserCodeParameter.isUsedBy(client)) {
            JsonNode sent = claims.remove(CibaGrantType.USER_CODE);
            userCode = sent == null || sent.isNull() ? null : sent.asText();
        }
    }

    /** Makes the request one for the whole scope again, with what Keycloak has added to it. */
    String wholeScope(
            BackchannelAuthenticationEndpointRequest sent, CIBAAuthenticationRequest request) {
        return unseenScope.putBack(request).orElse(sent.getScope());
    }

    /**
     * The user code to judge; empty if none is due.
     *
     * @throws CibaErrorException if one is due and missing
     */
    Optional<String> userCode(ClientModel client) {
        return RequestedUserCode.of(client, userCode);
    }

    /**
     * Judges what Keycloak has parsed, if the pack asks the user: a client of Keycloak's HTTP
     * channel keeps Keycloak's rules.
     *
     * @throws CibaErrorException if a rule is broken
     */
    void requireSound(
            BackchannelAuthenticationEndpointRequest sent, CIBAAuthenticationRequest request) {
        if (SignedRequest.isSigned(form)) {
            SignedRequest.requireNothingBeside(form);
            SignedRequest.require(session, request.getClient(), audiences());
        }
        NotificationToken.require(
                session.getContext().getRealm().getCibaPolicy(),
                request.getClient(),
                request.getClientNotificationToken());
        new UnparsedParameters(session, form)
                .context()
                .ifPresent(json -> request.setOtherClaims(RequestContext.PARAMETER, json));
        SentParameters.requireLengths(sent);
        SentParameters.requireLengths(sent.getAdditionalReqParams());
        BackchannelRequestParser.requestedExpiry(sent);
    }

    /**
     * The authorization details. What Keycloak's parser has kept of them goes: its auth_req_id
     * would grow with it, and polls become too long for it.
     *
     * @throws CibaErrorException if the client may not ask for them
     */
    Optional<AuthorizationDetails> details(CIBAAuthenticationRequest request) {
        Optional<AuthorizationDetails> details =
                new UnparsedParameters(session, form).details(request.getClient());
        request.getOtherClaims().remove(AuthorizationDetails.PARAMETER);
        return details;
    }

    /**
     * The resources. What Keycloak's parser has kept of them goes: it keeps the first one alone.
     *
     * @throws CibaErrorException if one is none, or one of too many
     */
    Optional<ResourceIndicators> resources(CIBAAuthenticationRequest request) {
        request.getOtherClaims().remove(ResourceIndicators.PARAMETER);
        return new UnparsedParameters(session, form).resources();
    }

    /** What is said twice is kept once. */
    static void fold(CIBAAuthenticationRequest request) {
        request.setScope(SentParameters.folded(request.getScope()));
        SentParameters.sent(request.getAcrValues())
                .map(SentParameters::folded)
                .ifPresent(request::setAcrValues);
    }

    private Set<String> audiences() {
        KeycloakUriInfo uri = session.getContext().getUri();
        String realm = session.getContext().getRealm().getName();
        return Set.of(
                Urls.realmIssuer(uri.getBaseUri(), realm),
                CibaGrantType.authorizationUrl(uri.getBaseUriBuilder()).build(realm).toString());
    }
}

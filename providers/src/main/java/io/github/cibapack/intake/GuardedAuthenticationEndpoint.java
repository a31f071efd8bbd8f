// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.channel.CibaChannelProvider;
import io.github.cibapack.hint.HiddenUsers;
import io.github.cibapack.hint.HintRefusedException;
import io.github.cibapack.hint.StandIn;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.policy.PolicyNotAllowedException;
import io.github.cibapack.policy.PublicClient;
import io.github.cibapack.policy.RequestPolicy;
import io.github.cibapack.scope.RequestedScopes;
import io.github.cibapack.store.RequestContext;
import io.github.cibapack.store.RequestStore;
import io.github.cibapack.usercode.UserCodeCheck;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationEndpoint;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.Urls;
import org.keycloak.util.JsonSerialization;

/**
 * Keycloak's own endpoint with its behaviour and texts. What is added has its place between parsing
 * and the channel, which Keycloak leaves open: only plain parameters pass on, signed requests,
 * notification tokens and user codes are judged as CIBA Core asks, the user is written down for
 * redemption, and an unreachable user is an answer of its own and not a 503.
 */
final class GuardedAuthenticationEndpoint extends BackchannelAuthenticationEndpoint {

    /** Taken out of the form; null where none was sent. */
    private String userCode;

    /** Taken out of the signed request. */
    private final SignedUserCode signedUserCode;

    private boolean hiding;

    /** Where users are hidden: what Keycloak's own check of scopes would tell about them. */
    private final UnseenScope unseenScope;

    /** Of the request in the making. */
    private String requestId;

    /**
     * What happens to the request, once its place is taken; null where that is Keycloak's alone.
     */
    private PreparedRequest asked;

    GuardedAuthenticationEndpoint(KeycloakSession session, EventBuilder event) {
        this(session, event, new UnseenScope(session));
    }

    private GuardedAuthenticationEndpoint(
            KeycloakSession session, EventBuilder event, UnseenScope unseenScope) {
        this(session, event, unseenScope, new SignedUserCode(unseenScope::takeOut));
    }

    private GuardedAuthenticationEndpoint(
            KeycloakSession session,
            EventBuilder event,
            UnseenScope unseenScope,
            SignedUserCode signedUserCode) {
        super(signedUserCode.over(session), event);
        this.unseenScope = unseenScope;
        this.signedUserCode = signedUserCode;
    }

    /**
     * Keycloak refuses any {@code user_code}, so it is taken out of the form of a client that must
     * send one before Keycloak reads it. Beside a signed request it stays refused.
     *
     * @throws CibaErrorException where a parameter is too long to be looked at
     */
    @Override
    protected ClientModel authenticateClient() {
        ClientModel client = super.authenticateClient();
        if (client.isPublicClient()) {
            throw answer(
                    new CibaErrorException(
                            CibaError.INVALID_CLIENT, PublicClient.SENTENCE, PublicClient.REASON),
                    refusedEvent());
        }
        if (routing().isPresent() && asksTheUser(client)) {
            SentParameters.dropEmpty(form());
            SentParameters.requireLengths(form());
        }
        List<String> codes = form().get(CibaGrantType.USER_CODE);
        if (UserCodeCheck.isNecessaryFor(client)
                && !SignedRequest.isSigned(form())
                && codes != null
                && codes.size() == 1) {
            userCode = codes.get(0);
            form().remove(CibaGrantType.USER_CODE);
        }
        return client;
    }

    /**
     * The policy has a say in who may be meant, before Keycloak looks for the user. What a signed
     * request asks for is not known by then, so its default policy has.
     *
     * @return whether it is the pack that asks the user, and not Keycloak alone
     */
    private boolean asksTheUser(ClientModel client) {
        CibaPolicies policies = new CibaPolicies(session.getContext().getRealm());
        try {
            CibaPolicy policy =
                    policies.of(
                            client,
                            Optional.ofNullable(form().getFirst(OAuth2Constants.ACR_VALUES)));
            RequestPolicy.choose(session, policy);
            hiding = !policy.isKeycloaksOwnChannel() && policies.hidesUsers(policy);
            if (hiding) {
                HiddenUsers.hide(session);
                unseenScope.takeOut(client, form());
            }
            return !policy.isKeycloaksOwnChannel();
        } catch (PolicyNotAllowedException e) {
            // refused later, whoever the user is
            hiding = false;
            return true;
        }
    }

    private MultivaluedMap<String, String> form() {
        return session.getContext().getHttpRequest().getDecodedFormParameters();
    }

    private Optional<CibaChannelProvider> routing() {
        return session.getProvider(AuthenticationChannelProvider.class)
                        instanceof CibaChannelProvider own
                ? Optional.of(own)
                : Optional.empty();
    }

    @Override
    public Response processGrantRequest() {
        try {
            Response response = super.processGrantRequest();
            if (asked != null) {
                asked.record();
            }
            return withNumber(response);
        } catch (HintRefusedException e) {
            throw answer(UserResolution.refusal(e), refusedEvent());
        } catch (CibaErrorException e) {
            throw answer(e, refusedEvent());
        } catch (InvalidSettingException e) {
            throw answer(RequestIntake.invalidSetting(session, e), refusedEvent());
        } catch (ErrorResponseException e) {
            if (asked == null) {
                throw e;
            }
            // Keycloak has one answer for all that goes wrong in a channel
            throw asked.failed()
                    .map(refused -> answer(refused, asked.event(CibaEvent.REFUSED)))
                    .orElse(e);
        }
    }

    /** Keycloak has written its acknowledgement by now: a number that was drawn is added to it. */
    private Response withNumber(Response acknowledgement) {
        Optional<String> number = NumberToShow.of(session, requestId);
        if (number.isEmpty()) {
            return acknowledgement;
        }
        try {
            ObjectNode body =
                    JsonSerialization.readValue(
                            (byte[]) acknowledgement.getEntity(), ObjectNode.class);
            body.put(NumberToShow.PARAMETER, number.get());
            return Response.fromResponse(acknowledgement)
                    .entity(JsonSerialization.writeValueAsBytes(body))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EventBuilder refusedEvent() {
        return AuditTrail.event(session, CibaEvent.REFUSED)
                .client(session.getContext().getClient());
    }

    @Override
    protected void extractAdditionalParams(
            BackchannelAuthenticationEndpointRequest sent, CIBAAuthenticationRequest request) {
        Map<String, String> additional = sent.getAdditionalReqParams();
        additional.keySet().removeIf(ReservedNames::contains);
        super.extractAdditionalParams(sent, request);
        requestId = request.getId();
        try {
            String scope = unseenScope.putBack(request).orElse(sent.getScope());
            // what does not depend on the user comes first: it must not tell a user from nobody
            Optional<String> code =
                    RequestedUserCode.of(
                            request.getClient(), signedUserCode.code().orElse(userCode));
            Optional<CibaPolicy> policy = routing().map(own -> policyOf(request));
            if (policy.filter(chosen -> !chosen.isKeycloaksOwnChannel()).isEmpty()) {
                requireUserCode(request, code);
                recordAlone(request, policy);
                return;
            }
            // Keycloak reads the one kind that the realm names and passes over the others, and
            // there must be no others (CIBA Core §7.1)
            AllowedHints.require(policy.get(), BackchannelRequestParser.onlyHint(sent));
            requireSoundForm(request);
            requireBounds(sent, request);
            endWithStoredLifetime(request);
            if (hiding) {
                keepHiding(request, code, scope);
            } else {
                keep(request, code, scope);
            }
        } catch (CibaErrorException e) {
            throw answer(e, PreparedRequest.event(session, request, CibaEvent.REFUSED));
        }
    }

    private void keep(CIBAAuthenticationRequest request, Optional<String> code, String scope) {
        requireUserCode(request, code);
        if (!new RequestedScopes(session, request.getClient())
                .areGrantedTo(request.getUser(), scope)) {
            throw CibaErrorException.scopeOfUser();
        }
        prepare(request, false);
    }

    /** Whoever lives on the HTTP channel keeps Keycloak's behaviour: no caps, no events. */
    private void recordAlone(CIBAAuthenticationRequest request, Optional<CibaPolicy> policy) {
        new RequestStore(session)
                .record(
                        Records.of(
                                request, Channel.HTTP, policy, Optional.empty(), Optional.empty()),
                        life());
    }

    /** As at the documented endpoint: nobody is put in the place of who cannot be asked. */
    private void keepHiding(
            CIBAAuthenticationRequest request, Optional<String> code, String scope) {
        CibaErrorException refused;
        if (request.getUser() instanceof StandIn) {
            code.ifPresent(sent -> UserCodeCheck.passForAWrongCode(session, request.getClient()));
            refused =
                    new CibaErrorException(
                            CibaError.UNKNOWN_USER_ID,
                            "The hint does not identify a user who can be asked.",
                            "user_cannot_be_asked");
        } else {
            try {
                keep(request, code, scope);
                return;
            } catch (CibaErrorException e) {
                if (!e.dependsOnUser()) {
                    throw e;
                }
                refused = e;
            }
        }
        EventBuilder event =
                PreparedRequest.event(session, request, CibaEvent.REFUSED)
                        .detail(AuditTrail.HIDDEN, "true");
        StandIn nobody = StandIn.of(session, request.getUser().getId());
        request.setUser(nobody);
        request.subject(nobody.getId());
        prepare(request, true);
        refused.describe(event, session);
        event.detail(AuditTrail.AUTH_REQ_ID, request.getId()).error(refused.error().code());
    }

    /**
     * All that can be known before Keycloak calls the channel.
     *
     * @param hidden whether the request stands for somebody who cannot be asked
     */
    private void prepare(CIBAAuthenticationRequest request, boolean hidden) {
        CibaPolicy policy = policyOf(request);
        PreparedRequest prepared =
                new PreparedRequest(session, request, policy, life(), hiding, hidden);
        prepared.enter(routing().orElseThrow());
        asked = prepared;
    }

    /** The policy for the user, by what the request says in whichever form. */
    private CibaPolicy policyOf(CIBAAuthenticationRequest request) {
        try {
            CibaPolicy policy =
                    new CibaPolicies(session.getContext().getRealm())
                            .of(request.getClient(), Optional.ofNullable(request.getAcrValues()))
                            .forUser(session.getContext().getRealm(), request.getUser().getId());
            RequestPolicy.choose(session, policy);
            return policy;
        } catch (PolicyNotAllowedException e) {
            throw RequestIntake.policyNotAllowed();
        }
    }

    /** Keycloak keeps every request for the realm's time. */
    private int life() {
        return session.getContext().getRealm().getCibaPolicy().getExpiresIn();
    }

    /** Whatever the channel: it is the client's registration that asks for it. */
    private void requireUserCode(CIBAAuthenticationRequest request, Optional<String> code) {
        code.ifPresent(
                sent ->
                        RequestedUserCode.require(
                                session, request.getClient(), request.getUser(), sent));
    }

    /**
     * What Keycloak does not look at, or not closely enough, where the pack asks the user: whoever
     * lives on the HTTP channel keeps Keycloak's rules.
     */
    private void requireSoundForm(CIBAAuthenticationRequest request) {
        ClientModel client = request.getClient();
        UnsupportedParameters.requireNone(form());
        if (SignedRequest.isSigned(form())) {
            UnsupportedParameters.requireNoneSigned(session);
            SignedRequest.requireNothingBeside(form());
            new SignedRequest(session, client, audiences()).require();
        }
        NotificationToken.require(
                session.getContext().getRealm().getCibaPolicy(),
                client,
                request.getClientNotificationToken());
        SentContext.of(session, form())
                .ifPresent(
                        json -> {
                            BackchannelRequestParser.requireContext(json);
                            request.setOtherClaims(RequestContext.PARAMETER, json);
                        });
    }

    /** Signed parameters have their limits as well; what is said twice is kept once. */
    private static void requireBounds(
            BackchannelAuthenticationEndpointRequest sent, CIBAAuthenticationRequest request) {
        SentParameters.requireLengths(sent);
        SentParameters.requireLengths(sent.getAdditionalReqParams());
        BackchannelRequestParser.requestedExpiry(sent);
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

    /**
     * Keycloak keeps a request for the realm's time whatever was asked for: the mail says the
     * shorter.
     */
    private void endWithStoredLifetime(CIBAAuthenticationRequest request) {
        request.exp(Math.min(request.getExp(), request.getIat() + life()));
    }

    private ErrorResponseException answer(CibaErrorException refused, EventBuilder event) {
        refused.describe(event, session);
        event.error(refused.error().code());
        Response.ResponseBuilder response =
                Response.status(refused.error().status())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(
                                new OAuth2ErrorRepresentation(
                                        refused.error().code(),
                                        CorrelationId.appendTo(
                                                refused.sentence(), CorrelationId.of(session))));
        refused.retryAfter()
                .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return new ErrorResponseException(response.build());
    }
}

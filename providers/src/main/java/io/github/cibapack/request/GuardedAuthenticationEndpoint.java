// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.audit.RequestFacts;
import io.github.cibapack.channel.CibaChannelProvider;
import io.github.cibapack.channel.UnreachableException;
import io.github.cibapack.hint.HiddenUsers;
import io.github.cibapack.hint.HintRefusedException;
import io.github.cibapack.hint.StandIn;
import io.github.cibapack.notification.Admitted;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.PolicyNotAllowedException;
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

    /** Of the request in the making. */
    private String requestId;

    GuardedAuthenticationEndpoint(KeycloakSession session, EventBuilder event) {
        this(session, event, new SignedUserCode());
    }

    private GuardedAuthenticationEndpoint(
            KeycloakSession session, EventBuilder event, SignedUserCode signedUserCode) {
        super(signedUserCode.over(session), event);
        this.signedUserCode = signedUserCode;
    }

    /**
     * Keycloak refuses any {@code user_code}, so it is taken out of the form of a client that must
     * send one before Keycloak reads it. Beside a signed request it stays refused.
     */
    @Override
    protected ClientModel authenticateClient() {
        ClientModel client = super.authenticateClient();
        List<String> codes = form().get(CibaGrantType.USER_CODE);
        if (UserCodeCheck.isNecessaryFor(client)
                && !SignedRequest.isSigned(form())
                && codes != null
                && codes.size() == 1) {
            userCode = codes.get(0);
            form().remove(CibaGrantType.USER_CODE);
        }
        if (hidesUsers(client)) {
            HiddenUsers.hide(session);
        }
        return client;
    }

    /** Asked before Keycloak looks for the user; inside a signed request, by its default policy. */
    private boolean hidesUsers(ClientModel client) {
        if (!(session.getProvider(AuthenticationChannelProvider.class)
                instanceof CibaChannelProvider)) {
            return false;
        }
        CibaPolicies policies = new CibaPolicies(session.getContext().getRealm());
        try {
            CibaPolicy policy =
                    policies.of(
                            client,
                            Optional.ofNullable(form().getFirst(OAuth2Constants.ACR_VALUES)));
            hiding = policy.channel() == Channel.EMAIL && policies.hidesUsers(policy);
        } catch (PolicyNotAllowedException e) {
            // refused later, whoever the user is
            hiding = false;
        }
        return hiding;
    }

    private MultivaluedMap<String, String> form() {
        return session.getContext().getHttpRequest().getDecodedFormParameters();
    }

    @Override
    public Response processGrantRequest() {
        try {
            return withNumber(super.processGrantRequest());
        } catch (HintRefusedException e) {
            throw answer(
                    RequestedUser.refusal(e),
                    AuditTrail.event(session, CibaEvent.REFUSED)
                            .client(session.getContext().getClient()));
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

    @Override
    protected void extractAdditionalParams(
            BackchannelAuthenticationEndpointRequest asked, CIBAAuthenticationRequest request) {
        Map<String, String> additional = asked.getAdditionalReqParams();
        additional.keySet().removeIf(ReservedNames::contains);
        super.extractAdditionalParams(asked, request);
        requestId = request.getId();
        try {
            requireOneHint(asked, request);
            if (hiding) {
                keepHiding(request);
            } else {
                keep(request);
            }
        } catch (RefusedException e) {
            throw answer(e, refused(request));
        }
    }

    /**
     * Keycloak reads the one kind that the realm names and passes over the others; where the pack
     * asks the user there must be no others (CIBA Core §7.1).
     */
    private void requireOneHint(
            BackchannelAuthenticationEndpointRequest asked, CIBAAuthenticationRequest request) {
        if (channelOf(request) == Channel.EMAIL) {
            BackchannelRequestParser.onlyHint(asked);
        }
    }

    private void keep(CIBAAuthenticationRequest request) {
        requireUserCode(request);
        Channel channel = reach(request);
        Optional<Admitted> admitted = record(request, channel);
        if (channel == Channel.EMAIL) {
            EventBuilder event =
                    event(request, CibaEvent.REQUESTED)
                            .detail(AuditTrail.AUTH_REQ_ID, request.getId())
                            .detail(AuditTrail.CHANNEL, "email")
                            .detail(AuditTrail.EXPIRES_IN, Integer.toString(expiresIn()));
            admitted.ifPresent(place -> PendingPlace.describe(place, event));
            event.success();
        }
    }

    /** As at the documented endpoint: nobody is put in the place of who cannot be asked. */
    private void keepHiding(CIBAAuthenticationRequest request) {
        RefusedException refused;
        if (request.getUser() instanceof StandIn) {
            refused =
                    new RefusedException(
                            Refusal.UNKNOWN_USER_ID,
                            "The hint does not identify a user who can be asked.",
                            "user_cannot_be_asked");
        } else {
            try {
                keep(request);
                return;
            } catch (RefusedException e) {
                if (!e.dependsOnUser()) {
                    throw e;
                }
                refused = e;
            }
        }
        EventBuilder event = refused(request).detail(AuditTrail.HIDDEN, "true");
        StandIn nobody = StandIn.of(session, request.getUser().getId());
        request.setUser(nobody);
        request.subject(nobody.getId());
        record(request, reach(request));
        refused.describe(event, session);
        event.detail(AuditTrail.AUTH_REQ_ID, request.getId()).error(refused.refusal().error());
    }

    private Optional<Admitted> record(CIBAAuthenticationRequest request, Channel channel) {
        Optional<Admitted> admitted = place(request, channel);
        new RequestStore(session)
                .record(Records.of(request, channel, admitted.map(Admitted::slots)), expiresIn());
        return admitted;
    }

    private int expiresIn() {
        return session.getContext().getRealm().getCibaPolicy().getExpiresIn();
    }

    /** Whatever the channel: it is the client's registration that asks for it. */
    private void requireUserCode(CIBAAuthenticationRequest request) {
        RequestedUserCode.of(request.getClient(), signedUserCode.code().orElse(userCode))
                .ifPresent(
                        code ->
                                RequestedUserCode.require(
                                        session, request.getClient(), request.getUser(), code));
    }

    /**
     * What Keycloak does not look at, or not closely enough, where the pack asks the user: whoever
     * lives on the HTTP channel keeps Keycloak's rules.
     */
    private void requireSoundForm(CIBAAuthenticationRequest request) {
        ClientModel client = request.getClient();
        if (SignedRequest.isSigned(form())) {
            SignedRequest.requireNothingBeside(form());
            new SignedRequest(session, client, audiences()).require();
        }
        NotificationToken.require(
                session.getContext().getRealm().getCibaPolicy(),
                client,
                request.getClientNotificationToken());
    }

    private Set<String> audiences() {
        KeycloakUriInfo uri = session.getContext().getUri();
        String realm = session.getContext().getRealm().getName();
        return Set.of(
                Urls.realmIssuer(uri.getBaseUri(), realm),
                CibaGrantType.authorizationUrl(uri.getBaseUriBuilder()).build(realm).toString());
    }

    /** Whoever lives on the HTTP channel keeps Keycloak's behaviour: no caps. */
    private Optional<Admitted> place(CIBAAuthenticationRequest request, Channel channel) {
        if (channel != Channel.EMAIL) {
            return Optional.empty();
        }
        CibaPolicy policy =
                new CibaPolicies(session.getContext().getRealm())
                        .of(request.getClient(), Optional.ofNullable(request.getAcrValues()));
        return new PendingPlace(session).take(request, policy, expiresIn());
    }

    /** The channel that the request will take, which can reach its user. */
    private Channel reach(CIBAAuthenticationRequest request) {
        if (!(session.getProvider(AuthenticationChannelProvider.class)
                instanceof CibaChannelProvider routing)) {
            return Channel.HTTP;
        }
        try {
            Channel channel = channelOf(request);
            if (channel == Channel.EMAIL) {
                requireSoundForm(request);
                endWithStoredLifetime(request);
            }
            routing.requireReachable(request);
            return channel;
        } catch (UnreachableException e) {
            throw RequestIntake.refusal(e);
        }
    }

    private Channel channelOf(CIBAAuthenticationRequest request) {
        if (!(session.getProvider(AuthenticationChannelProvider.class)
                instanceof CibaChannelProvider routing)) {
            return Channel.HTTP;
        }
        try {
            return routing.channelOf(request);
        } catch (PolicyNotAllowedException e) {
            throw RequestIntake.policyNotAllowed();
        }
    }

    /**
     * Keycloak keeps a request for the realm's time whatever was asked for: the mail says the
     * shorter.
     */
    private void endWithStoredLifetime(CIBAAuthenticationRequest request) {
        long stored = request.getIat() + expiresIn();
        request.exp(Math.min(request.getExp(), stored));
    }

    private EventBuilder event(CIBAAuthenticationRequest request, CibaEvent step) {
        return new RequestFacts(
                        request.getClient().getClientId(),
                        null,
                        AuditTrail.fromOutside(request.getScope()),
                        Optional.ofNullable(request.getBindingMessage()),
                        session.getContext().getConnection().getRemoteHost())
                .addTo(AuditTrail.event(session, step))
                .client(request.getClient())
                .user(request.getUser())
                .detail(AuditTrail.ACR_VALUES, AuditTrail.fromOutside(request.getAcrValues()));
    }

    private EventBuilder refused(CIBAAuthenticationRequest request) {
        return event(request, CibaEvent.REFUSED);
    }

    private ErrorResponseException answer(RefusedException refused, EventBuilder event) {
        refused.describe(event, session);
        event.error(refused.refusal().error());
        Response.ResponseBuilder response =
                Response.status(refused.refusal().status())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(
                                new OAuth2ErrorRepresentation(
                                        refused.refusal().error(),
                                        CorrelationId.appendTo(
                                                refused.sentence(), CorrelationId.of(session))));
        refused.retryAfter()
                .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return new ErrorResponseException(response.build());
    }
}

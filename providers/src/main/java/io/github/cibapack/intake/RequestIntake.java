// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CallerAddress;
import io.github.cibapack.audit.Redacted;
import io.github.cibapack.audit.RequestEvent;
import io.github.cibapack.audit.RequestFacts;
import io.github.cibapack.channel.CibaChannelProvider;
import io.github.cibapack.channel.CibaChannelProviderFactory;
import io.github.cibapack.channel.Route;
import io.github.cibapack.channel.UnreachableException;
import io.github.cibapack.hint.StandIn;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.policy.PolicyNotAllowedException;
import io.github.cibapack.policy.RequestPolicy;
import io.github.cibapack.scope.RequestedScopes;
import io.github.cibapack.store.RequestContext;
import io.github.cibapack.store.RequestIds;
import io.github.cibapack.store.RequestStore;
import io.github.cibapack.store.StoreOutage;
import io.github.cibapack.text.LogLine;
import io.github.cibapack.usercode.UserCodeCheck;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelAuthenticationRequestContext;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParserProcessor;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * Takes an authentication request in: authenticate, parse, find the user, keep, ask. What is
 * refused is refused before anything is stored.
 */
public final class RequestIntake {
    private static final Logger LOG = Logger.getLogger(RequestIntake.class);

    private final KeycloakSession session;
    private final RequestEvent event;

    /** What the request has taken so far of what is limited. */
    private Optional<Admission> admission = Optional.empty();

    /** Whether the server itself asks, and redeems: then no poll may. */
    private boolean ofRule;

    public RequestIntake(KeycloakSession session) {
        this.session = session;
        this.event = RequestEvent.begin(session);
    }

    /**
     * Accepts a request.
     *
     * @param form the decoded form
     * @throws CibaErrorException where it is refused; the event has been written then
     */
    public Acknowledgement accept(MultivaluedMap<String, String> form) {
        try {
            ClientModel client = new ClientAuthentication(session, event).authenticate();
            BackchannelRequest asked =
                    new BackchannelRequestParser(session, event, client).parse(form);
            return take(asked, client, form);
        } catch (CibaErrorException e) {
            refused(e);
            throw e;
        }
    }

    /**
     * Accepts a request of the server itself, on behalf of a client: nobody is authenticated, as
     * nobody has called.
     *
     * @param client one that may use CIBA
     * @throws CibaErrorException where it is refused; the event has been written then
     */
    public Acknowledgement accept(ClientModel client, InternalRequest direct) {
        try {
            ofRule = true;
            session.getContext().setClient(client);
            event.client(client);
            MultivaluedMap<String, String> form = direct.form();
            if (!new RequestedScopes(session, client).areKnown(direct.scope())) {
                throw CibaErrorException.unknownScope();
            }
            BackchannelAuthenticationEndpointRequest parsed =
                    BackchannelAuthenticationEndpointRequestParserProcessor.parseRequest(
                            event,
                            session,
                            client,
                            form,
                            session.getContext().getRealm().getCibaPolicy());
            return take(direct.parsed(parsed), client, form);
        } catch (CibaErrorException e) {
            refused(e);
            throw e;
        }
    }

    private Acknowledgement take(
            BackchannelRequest asked, ClientModel client, MultivaluedMap<String, String> form) {
        describe(asked, client);
        try {
            CibaPolicy policy = policy(client, asked);
            policy.facts().addTo(event).detail(AuditTrail.CHANNEL, policy.channel().value());
            AllowedHints.require(policy, asked.hint());
            return new CibaPolicies(session.getContext().getRealm()).hidesUsers(policy)
                    ? startHiding(asked, client, policy, form)
                    : startAsking(asked, client, policy, form);
        } catch (InvalidSettingException e) {
            throw invalidSetting(session, e);
        }
    }

    private Acknowledgement startAsking(
            BackchannelRequest asked,
            ClientModel client,
            CibaPolicy policy,
            MultivaluedMap<String, String> form) {
        UserModel user = new UserResolution(session).of(asked.hint());
        event.user(user);
        asked.userCode().ifPresent(code -> RequestedUserCode.require(session, client, user, code));
        BackchannelRequest granted = asked.withScope(grantable(asked.scope(), client, user));
        Acknowledgement accepted = start(granted, client, policy, user, form);
        event.detail(AuditTrail.AUTH_REQ_ID, accepted.authReqId())
                .detail(AuditTrail.EXPIRES_IN, Integer.toString(accepted.expiresIn()))
                .success();
        return accepted;
    }

    /**
     * What the tokens will be for, which is what the user is asked: the scope, without offline
     * access where it would come to nothing.
     */
    private String grantable(String scope, ClientModel client, UserModel user) {
        RequestedScopes scopes = new RequestedScopes(session, client);
        String grantable = scopes.withoutVainOfflineAccess(user, scope);
        if (!scopes.areGrantedTo(user, grantable)) {
            throw CibaErrorException.scopeOfUser();
        }
        return grantable;
    }

    /**
     * What depends on the user is no answer here: nobody is put in the user's place, for whom the
     * same work is done and who never decides. The event tells the admin what the relying party
     * must not learn.
     */
    private Acknowledgement startHiding(
            BackchannelRequest asked,
            ClientModel client,
            CibaPolicy policy,
            MultivaluedMap<String, String> form) {
        try {
            return startAsking(asked, client, policy, form);
        } catch (CibaErrorException e) {
            if (!e.dependsOnUser()) {
                throw e;
            }
            admission.ifPresent(Admission::leaveForGood);
            if (e.isBeforeUserCode()) {
                asked.userCode()
                        .ifPresent(code -> UserCodeCheck.passForAWrongCode(session, client));
            }
            StandIn nobody = StandIn.of(session, asked.hint().value());
            Acknowledgement accepted = start(asked, client, policy, nobody, form);
            event.detail(AuditTrail.AUTH_REQ_ID, accepted.authReqId())
                    .detail(AuditTrail.HIDDEN, "true");
            refused(e);
            return accepted;
        }
    }

    private Acknowledgement start(
            BackchannelRequest asked,
            ClientModel client,
            CibaPolicy policy,
            UserModel user,
            MultivaluedMap<String, String> form) {
        CibaPolicy own = policy.forUser(session.getContext().getRealm(), user.getId());
        RequestPolicy.choose(session, own);
        own.facts().addTo(event);
        int expiresIn = own.lifetime(asked.requestedExpiry());
        CIBAAuthenticationRequest request = authenticationRequest(asked, client, user, expiresIn);
        requireClientPolicies(asked, request, form);
        Channel used = ask(request, new Admission(session, request, own, expiresIn));
        event.detail(AuditTrail.CHANNEL, used.value());
        new RequestStore(session)
                .open(
                        request,
                        expiresIn,
                        own.interval(),
                        own.get(CibaPolicyFactory.GROWING_SLOW_DOWN));
        String authReqId = RequestIds.shown(request.getId());
        return new Acknowledgement(
                authReqId, expiresIn, own.interval(), NumberToShow.of(session, request.getId()));
    }

    /** Asks through the first channel that can, and writes down whom. */
    private Channel ask(CIBAAuthenticationRequest request, Admission admitted) {
        admission = Optional.of(admitted);
        AuthenticationChannelProvider channel = channel();
        try {
            Channel used =
                    channel instanceof CibaChannelProvider own
                            ? ask(request, admitted, own)
                            : askElsewhere(request, admitted, channel);
            admitted.record(used);
            return used;
        } catch (UnreachableException e) {
            admitted.leave();
            throw CibaErrorException.unreachable(e);
        } catch (CibaErrorException | InvalidSettingException e) {
            admitted.leave();
            throw e;
        } catch (RuntimeException e) {
            admitted.leave();
            LOG.errorf(Redacted.of(e), "The authentication channel failed");
            throw StoreOutage.isCauseOf(e)
                    ? CibaErrorException.storeOutage()
                    : unavailable("channel_failed");
        }
    }

    private Channel ask(
            CIBAAuthenticationRequest request, Admission admitted, CibaChannelProvider channel) {
        Route route = channel.route(request, admitted.policy(), admitted);
        try {
            admitted.enter(route.first());
            admitted.describe(event);
            channel.requestAuthentication(request, request.getUser().getUsername());
        } finally {
            route.failed().ifPresent(failed -> event.detail(AuditTrail.FAILED_CHANNELS, failed));
        }
        return route.used().orElseThrow();
    }

    /** An admin has unloaded the pack's channel; the one that is left asks. */
    private static Channel askElsewhere(
            CIBAAuthenticationRequest request,
            Admission admitted,
            AuthenticationChannelProvider channel) {
        admitted.enter(Channel.HTTP);
        if (!channel.requestAuthentication(request, request.getUser().getUsername())) {
            throw unavailable("channel_refused");
        }
        return Channel.HTTP;
    }

    private void describe(BackchannelRequest asked, ClientModel client) {
        asked.acrValues()
                .ifPresent(acr -> event.detail(AuditTrail.ACR_VALUES, AuditTrail.fromOutside(acr)));
        new RequestFacts(
                        client.getClientId(),
                        null,
                        Optional.empty(),
                        AuditTrail.fromOutside(asked.scope()),
                        asked.bindingMessage(),
                        CallerAddress.of(session))
                .addTo(event);
    }

    private CibaPolicy policy(ClientModel client, BackchannelRequest asked) {
        try {
            CibaPolicy policy =
                    new CibaPolicies(session.getContext().getRealm()).of(client, asked.acrValues());
            RequestPolicy.choose(session, policy);
            return policy;
        } catch (PolicyNotAllowedException e) {
            throw policyNotAllowed();
        }
    }

    static CibaErrorException policyNotAllowed() {
        return new CibaErrorException(
                CibaError.INVALID_REQUEST,
                "The acr_values name a policy that this client may not use.",
                "policy_not_allowed");
    }

    /** The admin finds the setting in the log; the relying party cannot do anything about it. */
    static CibaErrorException invalidSetting(KeycloakSession session, InvalidSettingException e) {
        LOG.errorf(
                Redacted.of(e),
                "Requests of client '%s' cannot be served",
                LogLine.of(session.getContext().getClient().getClientId()));
        return new CibaErrorException(
                CibaError.INTERNAL_ERROR,
                "The server could not process the request.",
                "invalid_setting");
    }

    private CIBAAuthenticationRequest authenticationRequest(
            BackchannelRequest asked, ClientModel client, UserModel user, int expiresIn) {
        CIBAAuthenticationRequest request = new CIBAAuthenticationRequest(session, user, client);
        request.id(ofRule ? RequestIds.nextOfRule() : RequestIds.next());
        request.setScope(asked.scope());
        asked.bindingMessage().ifPresent(request::setBindingMessage);
        asked.acrValues().ifPresent(request::setAcrValues);
        asked.notificationToken().ifPresent(request::setClientNotificationToken);
        asked.context().ifPresent(json -> request.setOtherClaims(RequestContext.PARAMETER, json));
        request.exp(request.getIat() + expiresIn);
        return request;
    }

    private void requireClientPolicies(
            BackchannelRequest asked,
            CIBAAuthenticationRequest request,
            MultivaluedMap<String, String> form) {
        try {
            session.clientPolicy()
                    .triggerOnEvent(
                            new BackchannelAuthenticationRequestContext(
                                    asked.parsed(), request, form));
        } catch (ClientPolicyException e) {
            throw new CibaErrorException(
                    CibaError.INVALID_REQUEST, e.getErrorDetail(), "client_policy_" + e.getError());
        }
    }

    /** By id, as an admin may have chosen another default for Keycloak's own endpoint. */
    private AuthenticationChannelProvider channel() {
        AuthenticationChannelProvider own =
                session.getProvider(
                        AuthenticationChannelProvider.class,
                        CibaChannelProviderFactory.PROVIDER_ID);
        AuthenticationChannelProvider channel =
                own != null ? own : session.getProvider(AuthenticationChannelProvider.class);
        if (channel == null) {
            throw unavailable("no_channel");
        }
        return channel;
    }

    private static CibaErrorException unavailable(String reason) {
        return new CibaErrorException(
                CibaError.SERVER_ERROR, "The user cannot be reached at the moment.", reason);
    }

    private void refused(CibaErrorException e) {
        e.describe(event, session);
        event.refused(e.error().code());
    }
}

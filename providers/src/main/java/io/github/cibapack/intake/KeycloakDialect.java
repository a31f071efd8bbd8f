// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.audit.HeldBackEvent;
import io.github.cibapack.channel.CibaChannelProvider;
import io.github.cibapack.hint.CibaLoginUserResolver;
import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.policy.PolicyNotAllowedException;
import io.github.cibapack.request.ApprovalTerms;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Requests;
import io.github.cibapack.scope.SessionView;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.TokenManager;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolver;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.JsonSerialization;

/**
 * The intake at Keycloak's own endpoint, in the order in which Keycloak calls it: {@link
 * #authenticated}, {@link #parsed}, {@link #requestAuthentication}, {@link #acknowledged}. The same
 * steps as at the {@code as} endpoint; client policies, the device code and the acknowledgement are
 * Keycloak's. Where the policy leaves a request to Keycloak's own channel, it is only written down
 * for redemption.
 */
final class KeycloakDialect implements Dialect, AuthenticationChannelProvider {
    private final KeycloakSession session;
    private final HeldBackEvent event;
    private final CibaPolicies policies;
    private KeycloakForm form;

    /**
     * The policy that the form names; empty if Keycloak alone asks, or the client may not use it.
     */
    private Optional<CibaPolicy> policy = Optional.empty();

    private boolean hidesUsers;

    private CIBAAuthenticationRequest request;
    private BackchannelRequest asked;

    /** Null while it is not the pack that asks. */
    private Recipient recipient;

    private String info;
    private StartedRequest started;
    private CibaErrorException refusal;

    KeycloakDialect(KeycloakSession session) {
        this.session = session;
        this.event = HeldBackEvent.begin(session);
        this.policies = new CibaPolicies(session.getContext().getRealm());
    }

    /** The session as Keycloak's endpoint sees it. */
    KeycloakSession view() {
        return SessionView.of(
                KeycloakSession.class,
                session,
                Map.of(
                        "tokens",
                        (arguments, original) -> tokens((TokenManager) original.answer()),
                        "getProvider",
                        (arguments, original) -> provider(arguments, original.answer())));
    }

    /** Keycloak's parser reads the verified claims of a signed request without what it must not. */
    private TokenManager tokens(TokenManager keycloaks) {
        return SessionView.of(
                TokenManager.class,
                keycloaks,
                Map.of(
                        "decodeClientJWT",
                        (arguments, original) -> {
                            Object value = original.answer();
                            if (value instanceof ObjectNode claims) {
                                form.takeOut((ClientModel) arguments[1], claims, hidesUsers);
                            }
                            return value;
                        }));
    }

    private Object provider(Object[] arguments, Object keycloaks) {
        if (arguments.length == 1
                && arguments[0] == CIBALoginUserResolver.class
                && keycloaks instanceof CibaLoginUserResolver resolver) {
            return resolver.under(policy, hidesUsers);
        }
        return arguments.length == 1
                        && arguments[0] == AuthenticationChannelProvider.class
                        && recipient != null
                ? this
                : keycloaks;
    }

    /**
     * The policy has a say in who may be meant, before Keycloak looks for the user. What a signed
     * request asks for is not known by then, so its default policy has.
     *
     * @throws CibaErrorException if a parameter is too long to be looked at
     */
    void authenticated(ClientModel client) {
        event.client(client);
        form = new KeycloakForm(session);
        if (isRouted() && isAskedByThePack(client)) {
            form.tidy(client);
        }
        form.takeUserCode(client);
    }

    private boolean isRouted() {
        return session.getProvider(AuthenticationChannelProvider.class)
                instanceof CibaChannelProvider;
    }

    private boolean isAskedByThePack(ClientModel client) {
        policy = named(client, form.first(OAuth2Constants.ACR_VALUES));
        boolean isKeycloaks = policy.filter(CibaPolicy::isKeycloaksOwnChannel).isPresent();
        hidesUsers = !isKeycloaks && policy.filter(policies::hidesUsers).isPresent();
        if (hidesUsers) {
            form.hideScope(client);
        }
        return !isKeycloaks;
    }

    /** Empty if the client may not use it: that is refused later, whoever the user is. */
    private Optional<CibaPolicy> named(ClientModel client, Optional<String> acrValues) {
        try {
            return Optional.of(policies.of(client, acrValues));
        } catch (PolicyNotAllowedException e) {
            return Optional.empty();
        }
    }

    /**
     * Keycloak has parsed the request and found the user, or a decoy.
     *
     * @throws CibaErrorException if it is refused
     */
    void parsed(
            BackchannelAuthenticationEndpointRequest sent, CIBAAuthenticationRequest keycloaks) {
        request = keycloaks;
        ClientModel client = keycloaks.getClient();
        String scope = form.wholeScope(sent, keycloaks);
        // what does not depend on the user comes first: it must not tell a user from nobody
        Optional<String> code = form.userCode(client);
        if (!isRouted() || isLeftToKeycloak(keycloaks)) {
            code.ifPresent(
                    given ->
                            RequestedUserCode.require(session, client, keycloaks.getUser(), given));
            return;
        }
        KeycloakForm.fold(keycloaks);
        asked =
                new BackchannelRequest(
                        BackchannelRequestParser.onlyHint(sent),
                        SentParameters.folded(scope),
                        Optional.ofNullable(keycloaks.getBindingMessage()),
                        Optional.ofNullable(keycloaks.getAcrValues()),
                        Optional.ofNullable(sent.getRequestedExpiry()),
                        Optional.ofNullable(keycloaks.getClientNotificationToken()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        code,
                        sent);
        asked.describe(event, session, client);
        event.detail(CibaEvents.REQUESTED_SCOPE, CibaEvents.fromOutside(keycloaks.getScope()));
        policy = Optional.of(PolicyChoice.of(session, event, client, asked));
        form.requireSound(sent, keycloaks);
        asked = asked.targeting(form.details(keycloaks), form.resources(keycloaks), event);
        // the device code is kept for the realm's time: the user is told the shorter
        keycloaks.exp(Math.min(keycloaks.getExp(), keycloaks.getIat() + life()));
        recipient =
                recipients(client)
                        .of(asked, () -> named(keycloaks.getUser()), (user, whole) -> whole);
        address(recipient.user());
    }

    /** Whoever lives on the HTTP channel keeps Keycloak's behaviour: no caps, no events. */
    private boolean isLeftToKeycloak(CIBAAuthenticationRequest keycloaks) {
        policy = named(keycloaks.getClient(), Optional.ofNullable(keycloaks.getAcrValues()));
        return policy.filter(CibaPolicy::isKeycloaksOwnChannel).isPresent();
    }

    private RecipientChoice recipients(ClientModel client) {
        return new RecipientChoice(session, event, client, hidesUsers);
    }

    private static UserModel named(UserModel user) {
        if (user instanceof DecoyUser) {
            throw UserResolution.unknown("user_cannot_be_asked");
        }
        return user;
    }

    private void address(UserModel user) {
        request.setUser(user);
        request.subject(user.getId());
    }

    /** Keycloak's client policies have had their say: the second half of the intake. */
    @Override
    public boolean requestAuthentication(CIBAAuthenticationRequest keycloaks, String infoUsed) {
        info = infoUsed;
        asked.addTargets(keycloaks);
        try {
            started =
                    new RequestStart(session, event, policy.orElseThrow(), hidesUsers, this)
                            .of(
                                    recipient,
                                    reason ->
                                            recipients(keycloaks.getClient()).decoy(asked, reason));
            return true;
        } catch (CibaErrorException e) {
            refusal = e;
        } catch (InvalidSettingException e) {
            refusal = PolicyChoice.invalidSetting(session, e);
        }
        return false;
    }

    /** Keycloak sees one request, whoever is asked. */
    @Override
    public CIBAAuthenticationRequest asked(CibaPolicy own, UserModel user, String scope) {
        address(user);
        return request;
    }

    @Override
    public String info(UserModel user) {
        return info;
    }

    @Override
    public int lifespan(CIBAAuthenticationRequest keycloaks) {
        return life();
    }

    /** Keycloak keeps every request for the realm's time. */
    private int life() {
        return session.getContext().getRealm().getCibaPolicy().getExpiresIn();
    }

    @Override
    public void open(
            AuthenticationRequest kept,
            Optional<String> secret,
            CIBAAuthenticationRequest keycloaks,
            CibaPolicy own) {
        new Requests(session).open(kept, secret, life());
    }

    /** Why the user was not asked, if it is the pack that knows. */
    Optional<CibaErrorException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Keycloak has written its acknowledgement: a number that was drawn is added to it. */
    Response acknowledged(Response keycloaks) {
        if (started == null) {
            new Requests(session)
                    .open(
                            new RequestDraft(session, request, policy, ApprovalTerms.NONE)
                                    .ofKeycloakAlone(),
                            Optional.empty(),
                            life());
            return keycloaks;
        }
        started.write(event, session);
        return started.matchCode().map(number -> withNumber(keycloaks, number)).orElse(keycloaks);
    }

    private static Response withNumber(Response acknowledgement, String number) {
        try {
            ObjectNode body =
                    JsonSerialization.readValue(
                            (byte[]) acknowledgement.getEntity(), ObjectNode.class);
            body.put(Acknowledgement.MATCH_CODE, number);
            return Response.fromResponse(acknowledgement)
                    .entity(JsonSerialization.writeValueAsBytes(body))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to a request that is refused; writes the event. */
    ErrorResponseException answer(CibaErrorException refused) {
        refused.write(event, session);
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

    @Override
    public void close() {
        // holds nothing
    }
}

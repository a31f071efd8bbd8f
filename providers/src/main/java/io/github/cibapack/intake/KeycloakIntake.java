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
final class KeycloakIntake implements AuthenticationChannelProvider {
    private final KeycloakSession session;
    private final HeldBackEvent event;
    private final CibaPolicies policies;

    /** What is known when the client is authenticated; null before. */
    private Sent sent;

    /** What is known when Keycloak has parsed the request; null before. */
    private Parsed parsed;

    /** What came of asking, one or the other; null before, and if Keycloak alone asks. */
    private StartedRequest started;

    private CibaErrorException refusal;

    /**
     * A form.
     *
     * @param policy that it names; empty if Keycloak alone asks, or the client may not use it
     */
    private record Sent(KeycloakForm form, Optional<CibaPolicy> policy, boolean hidesUsers) {}

    /**
     * A request that Keycloak has parsed.
     *
     * @param asking what the pack asks whom; empty if Keycloak alone asks
     */
    private record Parsed(
            CIBAAuthenticationRequest request,
            Optional<CibaPolicy> policy,
            Optional<Asking> asking) {}

    private record Asking(BackchannelRequest asked, Recipient recipient) {}

    KeycloakIntake(KeycloakSession session) {
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
                                sent.form()
                                        .takeOut(
                                                (ClientModel) arguments[1],
                                                claims,
                                                sent.hidesUsers());
                            }
                            return value;
                        }));
    }

    private Object provider(Object[] arguments, Object keycloaks) {
        if (arguments.length == 1
                && arguments[0] == CIBALoginUserResolver.class
                && keycloaks instanceof CibaLoginUserResolver resolver) {
            return resolver.under(sent.policy(), sent.hidesUsers());
        }
        return arguments.length == 1
                        && arguments[0] == AuthenticationChannelProvider.class
                        && parsed.asking().isPresent()
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
        KeycloakForm form = new KeycloakForm(session);
        Optional<CibaPolicy> policy = named(client, form.first(OAuth2Constants.ACR_VALUES));
        boolean isKeycloaks = isLeftToKeycloak(policy);
        boolean hidesUsers = !isKeycloaks && policy.filter(policies::hidesUsers).isPresent();
        if (hidesUsers) {
            form.hideScope(client);
        }
        if (!isKeycloaks) {
            form.tidy(client);
        }
        form.takeUserCode(client);
        sent = new Sent(form, policy, hidesUsers);
    }

    private boolean isRouted() {
        return session.getProvider(AuthenticationChannelProvider.class)
                instanceof CibaChannelProvider;
    }

    /**
     * Empty if Keycloak alone asks, or the client may not use it: that is refused later, whoever
     * the user is.
     */
    private Optional<CibaPolicy> named(ClientModel client, Optional<String> acrValues) {
        try {
            return isRouted() ? Optional.of(policies.of(client, acrValues)) : Optional.empty();
        } catch (PolicyNotAllowedException e) {
            return Optional.empty();
        }
    }

    /** Whoever lives on the HTTP channel keeps Keycloak's behaviour: no caps, no events. */
    private boolean isLeftToKeycloak(Optional<CibaPolicy> policy) {
        return !isRouted() || policy.filter(CibaPolicy::isKeycloaksOwnChannel).isPresent();
    }

    /**
     * Keycloak has parsed the request and found the user, or a decoy.
     *
     * @throws CibaErrorException if it is refused
     */
    void parsed(
            BackchannelAuthenticationEndpointRequest read, CIBAAuthenticationRequest keycloaks) {
        KeycloakForm form = sent.form();
        ClientModel client = keycloaks.getClient();
        String scope = form.wholeScope(read, keycloaks);
        // what does not depend on the user comes first: it must not tell a user from nobody
        Optional<String> code = form.userCode(client);
        Optional<CibaPolicy> named = named(client, Optional.ofNullable(keycloaks.getAcrValues()));
        if (isLeftToKeycloak(named)) {
            code.ifPresent(
                    given ->
                            RequestedUserCode.require(session, client, keycloaks.getUser(), given));
            parsed = new Parsed(keycloaks, named, Optional.empty());
            return;
        }
        KeycloakForm.fold(keycloaks);
        BackchannelRequest untargeted =
                new BackchannelRequest(
                        BackchannelRequestParser.onlyHint(read),
                        SentParameters.folded(scope),
                        Optional.ofNullable(keycloaks.getBindingMessage()),
                        Optional.ofNullable(keycloaks.getAcrValues()),
                        Optional.ofNullable(read.getRequestedExpiry()),
                        Optional.ofNullable(keycloaks.getClientNotificationToken()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        code,
                        read);
        untargeted.describe(event, session, client);
        event.detail(CibaEvents.REQUESTED_SCOPE, CibaEvents.fromOutside(keycloaks.getScope()));
        CibaPolicy policy = PolicyChoice.of(session, event, client, untargeted);
        form.requireSound(read, keycloaks);
        BackchannelRequest asked =
                untargeted.targeting(form.details(keycloaks), form.resources(keycloaks), event);
        // the device code is kept for the realm's time: the user is told the shorter
        keycloaks.exp(
                Math.min(
                        keycloaks.getExp(),
                        keycloaks.getIat() + KeycloakDialect.lifespan(session)));
        Recipient recipient =
                recipients(client)
                        .of(asked, () -> named(keycloaks.getUser()), (user, whole) -> whole);
        KeycloakDialect.address(keycloaks, recipient.user());
        parsed =
                new Parsed(
                        keycloaks, Optional.of(policy), Optional.of(new Asking(asked, recipient)));
    }

    private RecipientChoice recipients(ClientModel client) {
        return new RecipientChoice(session, event, client, sent.hidesUsers());
    }

    private static UserModel named(UserModel user) {
        if (user instanceof DecoyUser) {
            throw UserResolution.unknown("user_cannot_be_asked");
        }
        return user;
    }

    /** Keycloak's client policies have had their say: the second half of the intake. */
    @Override
    public boolean requestAuthentication(CIBAAuthenticationRequest keycloaks, String info) {
        Asking asking = parsed.asking().orElseThrow();
        asking.asked().addTargets(keycloaks);
        RequestStart start =
                new RequestStart(
                        session,
                        event,
                        parsed.policy().orElseThrow(),
                        sent.hidesUsers(),
                        new KeycloakDialect(session, keycloaks, info));
        try {
            started =
                    start.of(
                            asking.recipient(),
                            reason ->
                                    recipients(keycloaks.getClient())
                                            .decoy(asking.asked(), reason));
            return true;
        } catch (CibaErrorException e) {
            refusal = e;
        } catch (InvalidSettingException e) {
            refusal = PolicyChoice.invalidSetting(session, e);
        }
        return false;
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
                            new RequestDraft(
                                            session,
                                            parsed.request(),
                                            parsed.policy(),
                                            ApprovalTerms.NONE)
                                    .ofKeycloakAlone(),
                            Optional.empty(),
                            KeycloakDialect.lifespan(session));
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

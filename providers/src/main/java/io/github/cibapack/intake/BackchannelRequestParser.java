// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.policy.HintKind;
import io.github.cibapack.scope.RequestedScopes;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParserProcessor;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.Urls;
import org.keycloak.util.TokenUtil;

/**
 * Parses the form of an authentication request. Keycloak's own parser does the reading, signed
 * requests included; the rules of the {@code as} endpoint are added here. Parameters that nobody
 * knows are ignored.
 */
final class BackchannelRequestParser {
    private static final Pattern POSITIVE_INTEGER = Pattern.compile("0*[1-9][0-9]*");
    private static final int MAX_DIGITS = 40;

    /** What is shorter is over before anybody has read the e-mail. */
    private static final int SHORTEST_SECONDS = 10;

    private final KeycloakSession session;
    private final EventBuilder event;
    private final ClientModel client;

    BackchannelRequestParser(KeycloakSession session, EventBuilder event, ClientModel client) {
        this.session = session;
        this.event = event;
        this.client = client;
    }

    /**
     * Parses and validates all that can be judged without knowing the user.
     *
     * @throws CibaErrorException if a rule is broken
     */
    BackchannelRequest parse(MultivaluedMap<String, String> form) {
        SentParameters.dropEmpty(form);
        SentParameters.requireNoneTwice(form);
        SentParameters.requireLengths(form);
        requireOneForm(form);
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>(form);
        Optional<Integer> expiryInForm =
                Optional.ofNullable(parameters.remove(CibaGrantType.REQUESTED_EXPIRY))
                        .map(values -> expiry(values.get(0)));
        // ignored like every parameter of another flow; Keycloak's parser would want a number
        parameters.remove(OIDCLoginProtocol.MAX_AGE_PARAM);
        BackchannelAuthenticationEndpointRequest parsed = keycloakParse(parameters);
        if (SignedRequest.isSigned(form)) {
            SignedRequest.require(session, client, audiences());
        }
        SentParameters.requireLengths(parsed);
        Hint hint = onlyHint(parsed);
        UnparsedParameters unparsed = new UnparsedParameters(session, form);
        return new BackchannelRequest(
                hint,
                scope(parsed),
                SentParameters.sent(parsed.getBindingMessage()).map(BindingMessage::require),
                SentParameters.sent(parsed.getAcr())
                        .map(SentParameters::folded)
                        .filter(values -> !values.isEmpty()),
                expiryInForm.or(() -> requestedExpiry(parsed)),
                NotificationToken.require(
                        session.getContext().getRealm().getCibaPolicy(),
                        client,
                        SentParameters.sent(parsed.getClientNotificationToken()).orElse(null)),
                unparsed.context(),
                Optional.empty(),
                unparsed.details(client),
                unparsed.resources(),
                RequestedUserCode.of(client, parsed.getUserCode()),
                parsed);
    }

    /** CIBA Core §7.1 and §7.1.1: plain parameters or a signed request; a reference is neither. */
    private void requireOneForm(MultivaluedMap<String, String> form) {
        if (form.containsKey(OIDCLoginProtocol.REQUEST_URI_PARAM)) {
            throw CibaErrorException.invalid("A request_uri is not supported.", "request_uri");
        }
        if (SignedRequest.isSigned(form)) {
            SignedRequest.requireNothingBeside(form);
            SignedRequest.requireVerified(session, client, form);
        }
    }

    private Set<String> audiences() {
        URI base = session.getContext().getUri().getBaseUri();
        String issuer = Urls.realmIssuer(base, session.getContext().getRealm().getName());
        return Set.of(issuer, issuer + "/as", issuer + "/as/cibaAuthorization");
    }

    private BackchannelAuthenticationEndpointRequest keycloakParse(
            MultivaluedMap<String, String> parameters) {
        try {
            return BackchannelAuthenticationEndpointRequestParserProcessor.parseRequest(
                    event,
                    session,
                    client,
                    parameters,
                    session.getContext().getRealm().getCibaPolicy());
        } catch (ErrorResponseException e) {
            throw CibaErrorException.invalid(
                    "The request object is not valid.", "invalid_request_object");
        }
    }

    /**
     * The one hint of a request.
     *
     * @throws CibaErrorException if there is none, or more than one
     */
    static Hint onlyHint(BackchannelAuthenticationEndpointRequest parsed) {
        List<Hint> hints =
                Stream.of(
                                Hint.of(HintKind.LOGIN_HINT, parsed.getLoginHint()),
                                Hint.of(HintKind.LOGIN_HINT_TOKEN, parsed.getLoginHintToken()),
                                Hint.of(HintKind.ID_TOKEN_HINT, parsed.getIdTokenHint()))
                        // an empty parameter counts as not sent (RFC 6749 §3.1)
                        .filter(hint -> hint.value() != null && !hint.value().isBlank())
                        .toList();
        if (hints.isEmpty()) {
            throw CibaErrorException.invalid(
                    "One of login_hint, login_hint_token and id_token_hint is required.",
                    "no_hint");
        }
        if (hints.size() > 1) {
            throw CibaErrorException.invalid(
                    "Only one of login_hint, login_hint_token and id_token_hint may be sent.",
                    "more_than_one_hint");
        }
        return hints.get(0);
    }

    private String scope(BackchannelAuthenticationEndpointRequest parsed) {
        String scope = parsed.getScope();
        if (scope == null || scope.isBlank()) {
            throw CibaErrorException.invalid("The scope parameter is required.", "no_scope");
        }
        if (!TokenUtil.isOIDCRequest(scope)) {
            throw new CibaErrorException(
                    CibaError.INVALID_SCOPE,
                    "The scope must contain openid.",
                    "scope_without_openid");
        }
        if (!new RequestedScopes(session, client).areKnown(scope)) {
            throw CibaErrorException.unknownScope();
        }
        return SentParameters.folded(scope);
    }

    /** A value too large for a clock is as good as the maximum, to which it is clamped anyway. */
    private static Integer expiry(String digits) {
        if (digits.length() > MAX_DIGITS || !POSITIVE_INTEGER.matcher(digits).matches()) {
            throw invalidExpiry();
        }
        int seconds = new BigInteger(digits).min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
        requireLongEnough(seconds);
        return seconds;
    }

    /**
     * The lifetime that Keycloak's parser has read, for example from a signed request.
     *
     * @throws CibaErrorException if it is too short
     */
    static Optional<Integer> requestedExpiry(BackchannelAuthenticationEndpointRequest parsed) {
        Optional<Integer> seconds = Optional.ofNullable(parsed.getRequestedExpiry());
        seconds.ifPresent(BackchannelRequestParser::requireLongEnough);
        return seconds;
    }

    private static void requireLongEnough(int seconds) {
        if (seconds < SHORTEST_SECONDS) {
            throw invalidExpiry();
        }
    }

    private static CibaErrorException invalidExpiry() {
        return CibaErrorException.invalid(
                "The requested_expiry must be an integer of at least %d."
                        .formatted(SHORTEST_SECONDS),
                "invalid_requested_expiry");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;

/** A request that the server itself makes on behalf of a client, without HTTP in between. */
public final class InternalRequest {
    private final Hint hint;
    private final String scope;
    private final Optional<String> bindingMessage;
    private final Optional<Integer> requestedExpiry;
    private final Optional<String> context;

    private InternalRequest(
            Hint hint,
            String scope,
            Optional<String> bindingMessage,
            Optional<Integer> requestedExpiry,
            Optional<String> context) {
        this.hint = hint;
        this.scope = scope;
        this.bindingMessage = bindingMessage;
        this.requestedExpiry = requestedExpiry;
        this.context = context;
    }

    /**
     * A request to a user whom the server has authenticated.
     *
     * @param userId internal id of the user
     * @param scope the scopes, {@code openid} among them
     * @param bindingMessage what the user compares
     * @param requestedExpiry in seconds
     * @param context where the request began, as JSON
     * @throws CibaErrorException where the binding message cannot be shown
     */
    public static InternalRequest toUser(
            String userId,
            String scope,
            String bindingMessage,
            Optional<Integer> requestedExpiry,
            Optional<String> context) {
        return of(
                Hint.Kind.AUTHENTICATED_USER,
                userId,
                scope,
                bindingMessage,
                requestedExpiry,
                context);
    }

    /**
     * A request to whom a login hint names.
     *
     * @see #toUser
     */
    public static InternalRequest toHinted(
            String loginHint,
            String scope,
            String bindingMessage,
            Optional<Integer> requestedExpiry,
            Optional<String> context) {
        return of(Hint.Kind.LOGIN_HINT, loginHint, scope, bindingMessage, requestedExpiry, context);
    }

    private static InternalRequest of(
            Hint.Kind kind,
            String who,
            String scope,
            String bindingMessage,
            Optional<Integer> requestedExpiry,
            Optional<String> context) {
        return new InternalRequest(
                new Hint(kind, who),
                scope,
                Optional.of(BindingMessage.require(bindingMessage)),
                requestedExpiry,
                context);
    }

    String scope() {
        return scope;
    }

    /** As it would stand in a form: for Keycloak's parser and for client policies. */
    MultivaluedMap<String, String> form() {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle(OAuth2Constants.SCOPE, scope);
        form.putSingle(OIDCLoginProtocol.LOGIN_HINT_PARAM, hint.value());
        bindingMessage.ifPresent(text -> form.putSingle(CibaGrantType.BINDING_MESSAGE, text));
        return form;
    }

    /**
     * The request.
     *
     * @param parsed Keycloak's own view of the form
     */
    BackchannelRequest parsed(BackchannelAuthenticationEndpointRequest parsed) {
        return new BackchannelRequest(
                hint,
                scope,
                bindingMessage,
                Optional.empty(),
                requestedExpiry,
                Optional.empty(),
                context,
                Optional.empty(),
                Optional.empty(),
                parsed);
    }
}

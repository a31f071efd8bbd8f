// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.policy.HintKind;
import io.github.cibapack.request.OneTimeUse;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;

/**
 * A request that the server itself makes on behalf of a client, without HTTP in between: a gateway
 * holds back a request to an API.
 *
 * @param hint who is asked
 * @param scope the scopes, {@code openid} among them
 * @param what is held back
 * @param requestedExpiry in seconds
 */
public record InternalRequest(
        Hint hint, String scope, What what, Optional<Integer> requestedExpiry) {
    /** Among what Keycloak's class keeps and does not know: a {@link OneTimeUse}. */
    static final String ONCE = "one_time_use";

    /**
     * What is held back.
     *
     * @param message what the user is asked
     * @param use who has sent it, and to which API
     * @param details what its body says in detail
     * @param context where it came from, as JSON
     */
    public record What(
            String message,
            OneTimeUse use,
            Optional<AuthorizationDetails> details,
            Optional<String> context) {

        /**
         * What a user can be asked.
         *
         * @throws CibaErrorException if the message cannot be shown
         */
        public What {
            message = BindingMessage.require(message);
        }
    }

    /**
     * A request to a user whom the server has authenticated.
     *
     * @param userId internal id of the user
     */
    public static InternalRequest toUser(
            String userId, String scope, What what, Optional<Integer> requestedExpiry) {
        return new InternalRequest(Hint.toAuthenticated(userId), scope, what, requestedExpiry);
    }

    /** A request to whom a login hint names. */
    public static InternalRequest toHinted(
            String loginHint, String scope, What what, Optional<Integer> requestedExpiry) {
        return new InternalRequest(
                Hint.of(HintKind.LOGIN_HINT, loginHint), scope, what, requestedExpiry);
    }

    /** As it would stand in a form: for Keycloak's parser and for client policies. */
    MultivaluedMap<String, String> form() {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle(OAuth2Constants.SCOPE, scope);
        form.putSingle(OIDCLoginProtocol.LOGIN_HINT_PARAM, hint.value());
        form.putSingle(CibaGrantType.BINDING_MESSAGE, what.message());
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
                Optional.of(what.message()),
                Optional.empty(),
                requestedExpiry,
                Optional.empty(),
                what.context(),
                Optional.of(what.use()),
                what.details(),
                Optional.empty(),
                Optional.empty(),
                parsed);
    }
}

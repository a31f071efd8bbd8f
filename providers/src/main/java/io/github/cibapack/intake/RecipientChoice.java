// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.HeldBackEvent;
import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.resource.TokenAudience;
import io.github.cibapack.scope.RequestedScopes;
import io.github.cibapack.usercode.UserCodeCheck;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Finds out who is asked: the user whom the hint names, with the right user code, for a scope that
 * the user can grant. Where users are hidden, what depends on the user is no answer: a decoy takes
 * the user's place, for whom the same work is done and who never decides.
 */
final class RecipientChoice {
    private final KeycloakSession session;
    private final HeldBackEvent event;
    private final ClientModel client;
    private final boolean hidesUsers;

    RecipientChoice(
            KeycloakSession session, HeldBackEvent event, ClientModel client, boolean hidesUsers) {
        this.session = session;
        this.event = event;
        this.client = client;
        this.hidesUsers = hidesUsers;
    }

    /**
     * The recipient.
     *
     * @param named finds the user, or refuses
     * @param grantable what of the scope the tokens will be for, given the user
     * @throws CibaErrorException if nobody is to be asked
     */
    Recipient of(
            BackchannelRequest asked,
            Supplier<UserModel> named,
            BiFunction<UserModel, String, String> grantable) {
        boolean isTokenMade = false;
        try {
            UserModel user = named.get();
            event.user(user);
            asked.userCode()
                    .ifPresent(code -> RequestedUserCode.require(session, client, user, code));
            String scope = grantable.apply(user, asked.scope());
            if (!new RequestedScopes(session, client).areGrantedTo(user, scope)) {
                throw CibaErrorException.scopeOfUser();
            }
            isTokenMade = true;
            if (!isTokenForResources(asked, user, scope)) {
                throw CibaErrorException.resourceOfUser();
            }
            return new Recipient(user, scope, Optional.empty());
        } catch (CibaErrorException e) {
            Recipient decoy = decoy(asked, e);
            // the time that it takes must not tell how far it came, or that nobody was found
            if (!isTokenMade) {
                boolean unused = isTokenForResources(asked, decoy.user(), asked.scope());
            }
            if (e.isBeforeUserCode()) {
                asked.userCode()
                        .ifPresent(code -> UserCodeCheck.passForAWrongCode(session, client));
            }
            return decoy;
        }
    }

    private boolean isTokenForResources(BackchannelRequest asked, UserModel user, String scope) {
        return asked.resources()
                .map(
                        resources ->
                                TokenAudience.of(session, client, user, scope)
                                        .contains(client.getRealm(), resources))
                .orElse(true);
    }

    /**
     * A decoy in the place of a user who cannot be asked.
     *
     * @throws CibaErrorException the reason, if it is no secret
     */
    Recipient decoy(BackchannelRequest asked, CibaErrorException reason) {
        if (!hidesUsers || !reason.dependsOnUser()) {
            throw reason;
        }
        return new Recipient(
                DecoyUser.of(session, asked.hint().value()), asked.scope(), Optional.of(reason));
    }
}

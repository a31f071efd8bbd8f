// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.links.NeedsNewer;
import io.github.cibapack.scope.ClientInContext;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.Urls;
import org.keycloak.services.util.DefaultClientSessionContext;

/**
 * Whom access tokens of a client are for, before any resource narrows it: what its mappers and the
 * roles of the user make of it. Keycloak makes such a token, as it does where an admin evaluates
 * client scopes; nobody gets it. It is asked for only where requests with resources are taken.
 *
 * @param entries of the claim {@code aud}
 */
@NeedsNewer(otherwise = "")
public record TokenAudience(List<String> entries) {
    private static final Logger LOG = Logger.getLogger(TokenAudience.class);

    public TokenAudience {
        entries = List.copyOf(entries);
    }

    /**
     * The audience of what the user would be asked for; no session stays behind. It is empty where
     * a mapper fails, as one may for an account alone that is there: no resource is granted then,
     * and no answer tells why.
     */
    public static TokenAudience of(
            KeycloakSession session, ClientModel client, UserModel user, String scope) {
        try {
            return new ClientInContext(session, client)
                    .call(() -> of(session, user, context(session, client, user, scope)));
        } catch (RuntimeException e) {
            if (!(user instanceof DecoyUser)) {
                LOG.warnf(
                        "A token of client '%s' cannot be made: %s",
                        client.getId(), e.getClass().getName());
            }
            return new TokenAudience(List.of());
        }
    }

    private static ClientSessionContext context(
            KeycloakSession session, ClientModel client, UserModel user, String scope) {
        RealmModel realm = session.getContext().getRealm();
        UserSessionModel userSession =
                session.sessions()
                        .createUserSession(
                                UUID.randomUUID().toString(),
                                realm,
                                user,
                                user.getUsername(),
                                session.getContext().getConnection().getRemoteHost(),
                                OIDCLoginProtocol.LOGIN_PROTOCOL,
                                false,
                                null,
                                null,
                                UserSessionModel.SessionPersistenceState.TRANSIENT);
        AuthenticatedClientSessionModel clientSession =
                session.sessions().createClientSession(realm, client, userSession);
        clientSession.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        clientSession.setNote(
                OIDCLoginProtocol.ISSUER,
                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        ClientSessionContext context =
                DefaultClientSessionContext.fromClientSessionAndScopeParameter(
                        clientSession, scope, session);
        context.setAttribute(Constants.GRANT_TYPE, OAuth2Constants.CIBA_GRANT_TYPE);
        return context;
    }

    /** The audience of the session that is being redeemed. */
    public static TokenAudience of(
            KeycloakSession session, UserModel user, ClientSessionContext context) {
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        AccessToken token =
                new TokenManager()
                        .createClientAccessToken(
                                session,
                                session.getContext().getRealm(),
                                clientSession.getClient(),
                                user,
                                clientSession.getUserSession(),
                                context,
                                context.isOfflineTokenRequested());
        return of(token);
    }

    static TokenAudience of(AccessToken token) {
        String[] audience = token.getAudience();
        return new TokenAudience(audience == null ? List.of() : List.of(audience));
    }

    public boolean contains(RealmModel realm, ResourceIndicators resources) {
        ResourceTarget target = new ResourceTarget(realm, entries);
        return resources.uris().stream().allMatch(uri -> target.entry(uri).isPresent());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import io.github.cibapack.policy.RealmSettingsTabFactory;
import io.github.cibapack.time.ServerClock;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.util.TokenUtil;

/**
 * An {@code id_token_hint} (CIBA Core §7.1): an ID token that this realm issued to this client. It
 * need not be fresh, as it names a user and opens nothing, and its session may have ended.
 */
final class IdTokenHint {

    private static final int JWE_PARTS = 5;
    private static final String CLAIM = OIDCAttributeMapperHelper.TOKEN_CLAIM_NAME;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel client;

    IdTokenHint(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.client = session.getContext().getClient();
    }

    /**
     * The user whom the token names.
     *
     * @throws HintRefusedException if it does not verify
     */
    Optional<UserModel> resolve(String serialized) {
        if (serialized.split("\\.", -1).length == JWE_PARTS) {
            throw HintFailure.ENCRYPTED_ID_TOKEN.refused();
        }
        HintFailure.requireReadable(serialized);
        // Keycloak's own decoding: any key that the realm still publishes, by kid
        IDToken token = session.tokens().decode(serialized, IDToken.class);
        if (token == null) {
            throw HintFailure.SIGNATURE.refused();
        }
        requireIssuedToClient(token);
        requireOwnSubject();
        requireNotTooOld(token);
        requireNotRevoked(token);
        Optional<UserModel> user = token.getSubject() == null ? Optional.empty() : user(token);
        user.ifPresent(found -> requireNotRevoked(token, found));
        return user;
    }

    private void requireIssuedToClient(IDToken token) {
        if (!TokenUtil.TOKEN_TYPE_ID.equals(token.getType())) {
            throw HintFailure.NOT_AN_ID_TOKEN.refused();
        }
        if (!new IssuerUris(session).issuer().equals(token.getIssuer())) {
            throw HintFailure.WRONG_ISSUER.refused();
        }
        boolean authorized =
                token.getIssuedFor() == null || client.getClientId().equals(token.getIssuedFor());
        if (!authorized || !token.hasAudience(client.getClientId())) {
            throw HintFailure.OTHER_CLIENT.refused();
        }
    }

    /**
     * A mapper may make a subject of what its user has written into the account, and a client that
     * registers itself chooses its mappers: such a subject does not tell who has signed in.
     */
    private void requireOwnSubject() {
        boolean isMapped =
                Stream.concat(
                                client.getProtocolMappersStream(),
                                Stream.of(true, false)
                                        .map(client::getClientScopes)
                                        .flatMap(scopes -> scopes.values().stream())
                                        .flatMap(ClientScopeModel::getProtocolMappersStream))
                        .map(mapper -> mapper.getConfig().get(CLAIM))
                        .anyMatch(JsonWebToken.SUBJECT::equals);
        if (isMapped) {
            throw HintFailure.SUBJECT_MAPPED.refused();
        }
    }

    private void requireNotTooOld(IDToken token) {
        int tolerance =
                realm.getAttribute(
                        RealmSettingsTabFactory.ID_TOKEN_MAX_AGE,
                        RealmSettingsTabFactory.ID_TOKEN_DEFAULT_MAX_AGE);
        if (token.getExp() == null || token.getExp() + tolerance < ServerClock.seconds()) {
            throw HintFailure.EXPIRED_TOO_LONG_AGO.refused();
        }
    }

    /** Before the user is looked for: it must not tell who is there. */
    private void requireNotRevoked(IDToken token) {
        if (token.getIat() == null
                || token.getIat() < Math.max(realm.getNotBefore(), client.getNotBefore())) {
            throw HintFailure.REVOKED.refused();
        }
    }

    private void requireNotRevoked(IDToken token, UserModel user) {
        if (token.getIat() < session.users().getNotBeforeOfUser(realm, user)) {
            throw HintFailure.REVOKED_FOR_USER.refused();
        }
    }

    private Optional<UserModel> user(IDToken token) {
        PairwiseSubject pairwise = new PairwiseSubject(session, client);
        if (!pairwise.isUsed()) {
            return Optional.ofNullable(session.users().getUserById(realm, token.getSubject()));
        }
        return candidates(token)
                .filter(candidate -> pairwise.of(candidate).equals(token.getSubject()))
                .findFirst();
    }

    /**
     * A pairwise subject is a one-way hash: the other claims say whose it may be, the hash says so.
     */
    private Stream<UserModel> candidates(IDToken token) {
        return Stream.<Optional<UserModel>>of(
                        bySession(token.getSessionId()),
                        Optional.ofNullable(token.getPreferredUsername())
                                .map(name -> session.users().getUserByUsername(realm, name)),
                        Optional.ofNullable(token.getEmail())
                                .filter(address -> !realm.isDuplicateEmailsAllowed())
                                .map(address -> session.users().getUserByEmail(realm, address)))
                .flatMap(Optional::stream);
    }

    private Optional<UserModel> bySession(String sessionId) {
        if (sessionId == null) {
            return Optional.empty();
        }
        UserSessionModel online = session.sessions().getUserSession(realm, sessionId);
        UserSessionModel found =
                online != null
                        ? online
                        : session.sessions().getOfflineUserSession(realm, sessionId);
        return Optional.ofNullable(found).map(UserSessionModel::getUser);
    }
}

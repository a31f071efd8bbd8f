// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.store.Login;
import io.github.cibapack.store.Ticket;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.models.Constants;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.util.JsonSerialization;

/**
 * Who sits at the page, by Keycloak's identity cookie and the user session behind it. Nothing in
 * the query of a request is ever believed.
 */
final class SignIn {

    /** As Keycloak counts: 1 for a login, 0 where only its cookie was shown. */
    private static final int FRESH_LOGIN = 1;

    private static final int EARLIER_LOGIN = 0;

    private final KeycloakSession session;
    private final RealmModel realm;

    SignIn(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The user session of the browser, if there is a live one. */
    Optional<AuthResult> current() {
        return Optional.ofNullable(
                AuthenticationManager.authenticateIdentityCookie(session, realm, true));
    }

    /** Whether the person may decide a request that was opened by its link. */
    Standing towards(Ticket ticket) {
        return ticket.terms().login()
                ? current().map(who -> towards(ticket, who)).orElseGet(Standing.MustSignIn::new)
                : new Standing.MayDecide(Optional.empty());
    }

    /** Whether a person who is signed in may decide. */
    Standing towards(Ticket ticket, AuthResult who) {
        if (!who.user().getId().equals(ticket.userId())) {
            return new Standing.IsSomebodyElse();
        }
        UserSessionModel userSession = who.session();
        if (userSession.getNote(AuthenticationManager.AUTH_TIME) == null
                || isImpersonated(userSession)) {
            return new Standing.MustSignIn();
        }
        Map<Integer, Long> levels = levels(userSession);
        long authTime = number(userSession.getNote(AuthenticationManager.AUTH_TIME));
        Optional<String> asked = ticket.terms().level();
        if (asked.isPresent()
                && (authTime <= ticket.createdAt() || !isReached(asked.get(), levels, ticket))) {
            return new Standing.MustSignIn();
        }
        int level = levelFor(ticket, levels, authTime);
        return new Standing.MayDecide(
                Optional.of(
                        new Login(
                                level,
                                authTime,
                                Optional.ofNullable(
                                        userSession.getNote(Constants.AUTHENTICATORS_COMPLETED)))));
    }

    /** What the token may say: the highest level reached for this request, not for an older one. */
    private static int levelFor(Ticket ticket, Map<Integer, Long> levels, long authTime) {
        int withoutLevels = authTime > ticket.createdAt() ? FRESH_LOGIN : EARLIER_LOGIN;
        return levels.entrySet().stream()
                .filter(reached -> reached.getValue() > ticket.createdAt())
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(withoutLevels);
    }

    /**
     * The level must have been reached after the request was made: by this person, for this. Within
     * the same second counts as before.
     */
    private boolean isReached(String acr, Map<Integer, Long> levels, Ticket ticket) {
        return LoginClient.of(realm)
                .flatMap(client -> LoginClient.levelOf(client, acr))
                .filter(
                        required ->
                                levels.entrySet().stream()
                                        .anyMatch(
                                                reached ->
                                                        reached.getKey() >= required
                                                                && reached.getValue()
                                                                        > ticket.createdAt()))
                .isPresent();
    }

    /** The levels that Keycloak's flow has seen reached in this session, and when. */
    private static Map<Integer, Long> levels(UserSessionModel userSession) {
        String note = userSession.getNote(Constants.LOA_MAP);
        if (note == null) {
            return Map.of();
        }
        try {
            return new TreeMap<>(
                    JsonSerialization.mapper.readValue(
                            note, new TypeReference<Map<Integer, Long>>() {}));
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** An admin who looks at the account as the user is not the user. */
    private static boolean isImpersonated(UserSessionModel userSession) {
        return userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null;
    }

    private static long number(String note) {
        return note == null ? 0 : Long.parseLong(note);
    }
}

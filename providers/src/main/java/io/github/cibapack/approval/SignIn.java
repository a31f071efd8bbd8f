// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.account.Authenticated;
import io.github.cibapack.account.RequiredActions;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Login;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.authenticators.util.LoAUtil;
import org.keycloak.models.Constants;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Who sits at the page, by Keycloak's identity cookie and the user session behind it. Nothing in
 * the query of a request is ever believed.
 */
final class SignIn {

    /** As Keycloak counts: 1 for a login, 0 if only its cookie was shown. */
    private static final int FRESH_LOGIN = 1;

    private static final int EARLIER_LOGIN = 0;

    private final KeycloakSession session;
    private final RealmModel realm;

    SignIn(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The user session of the browser, if there is a live one. */
    Optional<Authenticated> current() {
        return Optional.ofNullable(
                Authenticated.of(
                        AuthenticationManager.authenticateIdentityCookie(session, realm, true)));
    }

    /** Goes to the login that a request's terms ask for, and comes back to the page. */
    Optional<Response> start(PageVisit visit) {
        Optional<String> level = visit.request().terms().level();
        boolean afresh =
                current()
                        .filter(
                                who ->
                                        !isTheirOwn(who)
                                                || (level.isPresent()
                                                        && isTooOld(who, visit.request())))
                        .isPresent();
        return new LoginRedirect(session).to(visit.path(), level, afresh);
    }

    /** A login of the user; an admin who looks at the account as the user is not the user. */
    private static boolean isTheirOwn(Authenticated who) {
        return who.session().getNote(AuthenticationManager.AUTH_TIME) != null
                && who.session().getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString())
                        == null;
    }

    /** Within the same second counts as before the request. */
    private static boolean isTooOld(Authenticated who, AuthenticationRequest request) {
        return authTime(who) <= request.createdAt();
    }

    /** Whether the person may decide a request that was opened by its link. */
    DecisionRight towards(PageVisit visit) {
        return visit.request().terms().login()
                ? current().map(who -> towards(visit, who)).orElseGet(DecisionRight.MustSignIn::new)
                : new DecisionRight.MayDecide(Optional.empty());
    }

    /** Whether a person who is signed in may decide. */
    DecisionRight towards(PageVisit visit, Authenticated who) {
        AuthenticationRequest request = visit.request();
        if (!who.user().getId().equals(request.userId())) {
            return new DecisionRight.IsSomebodyElse();
        }
        // Keycloak's login leads through what is left to do, and nothing is redeemed before
        if (!isTheirOwn(who) || RequiredActions.areLeft(who.user())) {
            return new DecisionRight.MustSignIn();
        }
        Optional<String> asked = request.terms().level();
        if (asked.isEmpty()) {
            return mayDecide(who, isTooOld(who, request) ? EARLIER_LOGIN : FRESH_LOGIN);
        }
        if (isTooOld(who, request)) {
            return new DecisionRight.MustSignIn();
        }
        return reachedFor(visit, who.session())
                .filter(reached -> isEnough(reached, asked.get()))
                .map(reached -> mayDecide(who, reached))
                .orElseGet(DecisionRight.MustSignIn::new);
    }

    private static DecisionRight mayDecide(Authenticated who, int level) {
        Optional<String> methods =
                Optional.ofNullable(who.session().getNote(Constants.AUTHENTICATORS_COMPLETED));
        return new DecisionRight.MayDecide(Optional.of(new Login(level, authTime(who), methods)));
    }

    /**
     * The level that Keycloak's flow reached in the login that this very page has started. Whether
     * the last login through the client was that one is told by the state of its request, which
     * nobody can know before the request is there. A flow without step-up conditions notes no
     * level: its login is one of level 1, as Keycloak's {@code acr} has it.
     */
    private Optional<Integer> reachedFor(PageVisit visit, UserSessionModel userSession) {
        return LoginClient.of(realm)
                .map(client -> userSession.getAuthenticatedClientSessionByClient(client.getId()))
                .filter(
                        login ->
                                LoginRedirect.stateOf(visit.path())
                                        .equals(login.getNote(OIDCLoginProtocol.STATE_PARAM)))
                .map(LoAUtil::getCurrentLevelOfAuthentication)
                .map(noted -> Math.max(noted, FRESH_LOGIN));
    }

    private boolean isEnough(int reached, String acr) {
        return LoginClient.of(realm)
                .flatMap(client -> LoginClient.levelOf(client, acr))
                .filter(required -> reached >= required)
                .isPresent();
    }

    private static long authTime(Authenticated who) {
        String note = who.session().getNote(AuthenticationManager.AUTH_TIME);
        return note == null ? 0 : Long.parseLong(note);
    }
}

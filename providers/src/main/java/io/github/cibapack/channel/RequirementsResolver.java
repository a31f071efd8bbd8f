// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.account.RequiredActions;
import io.github.cibapack.account.SecondFactor;
import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.policy.ApprovalMode;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.request.ApprovalTerms;
import io.github.cibapack.request.MatchNumbers;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** Makes a policy's settings, and what the request asks on top, the terms of one request. */
public final class RequirementsResolver {
    private static final Logger LOG = Logger.getLogger(RequirementsResolver.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final CibaPolicy policy;

    public RequirementsResolver(KeycloakSession session, CibaPolicy policy) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.policy = policy;
    }

    /**
     * Checks that the terms can be met at all: that there is a client to sign in through, and that
     * it knows the level.
     *
     * @throws UnreachableException where nobody could ever decide
     */
    void requireFeasible() {
        // whatever the user has: the answer must not tell it
        if (policy.get(CibaPolicyFactory.APPROVAL_MODE) == ApprovalMode.LINK) {
            return;
        }
        ClientModel client =
                LoginClient.of(realm)
                        .orElseThrow(
                                () -> unreachable(LoginClient.REALM_ATTRIBUTE + " of the realm"));
        Optional<String> level = policy.get(CibaPolicyFactory.APPROVAL_LEVEL);
        if (level.isPresent() && LoginClient.levelOf(client, level.get()).isEmpty()) {
            throw unreachable(
                    CibaPolicyFactory.APPROVAL_LEVEL.key() + " of policy " + policy.name());
        }
    }

    /**
     * Checks that an approval would get tokens: Keycloak makes none for a user who has a required
     * action or the realm's terms before them.
     *
     * @param login whether the user signs in before the decision, and is led through them
     * @throws UnreachableException where the user would be asked in vain
     */
    void requireReady(UserModel user, boolean login) {
        if (RequiredActions.areLeft(user)
                && !(login && RequiredActions.areDoneAtLogin(realm, user))) {
            throw new UnreachableException(Unreachable.ACCOUNT_NOT_READY);
        }
    }

    /** Whether the person must be signed in; a level that is asked for wins over the mode. */
    private boolean askForLogin(CIBAAuthenticationRequest request) {
        return new RequestedLevel(realm, policy).of(request).isPresent()
                || switch (policy.get(CibaPolicyFactory.APPROVAL_MODE)) {
                    case LINK -> false;
                    case LOGIN -> true;
                    case LOGIN_IF_SECOND_FACTOR -> hasSecondFactor(request.getUser());
                };
    }

    private boolean hasSecondFactor(UserModel user) {
        return !(user instanceof DecoyUser) && SecondFactor.isHeldBy(session, user);
    }

    /** The terms of a request, with the numbers drawn if numbers are matched. */
    public ApprovalTerms of(CIBAAuthenticationRequest request) {
        return new ApprovalTerms(
                askForLogin(request),
                new RequestedLevel(realm, policy).of(request),
                policy.get(CibaPolicyFactory.REPORT_BLOCK_MINUTES),
                numbers(request));
    }

    private Optional<MatchNumbers> numbers(CIBAAuthenticationRequest request) {
        return switch (policy.numberMatching(request.getClient())) {
            case OFF -> Optional.empty();
            case PICK -> Optional.of(MatchNumbers.drawToPick());
            case TYPE -> Optional.of(MatchNumbers.drawToType());
        };
    }

    private UnreachableException unreachable(String setting) {
        LOG.errorf(
                "Realm '%s' asks for a login on the approval page that cannot happen: check %s",
                realm.getName(), setting);
        return new UnreachableException(Unreachable.NO_LOGIN);
    }
}

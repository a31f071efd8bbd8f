// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.account.RequiredActions;
import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.policy.ApprovalMode;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.request.ApprovalTerms;
import io.github.cibapack.request.MatchNumbers;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadata.Category;
import org.keycloak.credential.CredentialTypeMetadataContext;
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
     * @throws UnreachableException if nobody could ever decide
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
     * @throws UnreachableException if the user would be asked in vain
     */
    void requireReady(UserModel user, boolean login) {
        if (RequiredActions.areLeft(user)
                && !(login && RequiredActions.areDoneAtLogin(realm, user))) {
            throw new UnreachableException(Unreachable.ACCOUNT_NOT_READY);
        }
    }

    private boolean asksForLogin(UserModel user) {
        return switch (policy.get(CibaPolicyFactory.APPROVAL_MODE)) {
            case LINK -> false;
            case LOGIN -> true;
            case LOGIN_IF_SECOND_FACTOR -> hasSecondFactor(user);
        };
    }

    /**
     * Whether a user has more than a password: one-time codes, passkeys, security keys, recovery
     * codes, or any credential of an extension that is a second factor or passwordless. Keycloak's
     * credential manager includes the user's own storage provider.
     */
    private boolean hasSecondFactor(UserModel user) {
        if (user instanceof DecoyUser) {
            return false;
        }
        CredentialTypeMetadataContext context =
                CredentialTypeMetadataContext.builder().user(user).build(session);
        return session.getAllProviders(CredentialProvider.class).stream()
                .filter(provider -> isStrong(provider.getCredentialTypeMetadata(context)))
                .anyMatch(provider -> user.credentialManager().isConfiguredFor(provider.getType()));
    }

    private static boolean isStrong(CredentialTypeMetadata metadata) {
        return metadata != null
                && metadata.getCategory() != null
                && metadata.getCategory() != Category.BASIC_AUTHENTICATION;
    }

    /**
     * The terms of a request, with the numbers drawn if numbers are matched. A level that is asked
     * for wins over the mode.
     */
    public ApprovalTerms of(CIBAAuthenticationRequest request) {
        Optional<String> level = new RequestedLevel(realm, policy).of(request);
        return new ApprovalTerms(
                level.isPresent() || asksForLogin(request.getUser()),
                level,
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

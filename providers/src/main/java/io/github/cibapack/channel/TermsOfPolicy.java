// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.ApprovalMode;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.store.ApprovalTerms;
import io.github.cibapack.store.MatchNumbers;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** Makes a policy's settings, and what the request asks on top, the terms of one request. */
final class TermsOfPolicy {
    private static final Logger LOG = Logger.getLogger(TermsOfPolicy.class);

    /** Client attribute: the relying party's screen shows the number to match. */
    private static final String NUMBER_MATCHING_ATTRIBUTE = "ciba.number.matching";

    private final RealmModel realm;
    private final CibaPolicy policy;

    TermsOfPolicy(RealmModel realm, CibaPolicy policy) {
        this.realm = realm;
        this.policy = policy;
    }

    /**
     * Checks that the terms can be met at all: that there is a client to sign in through, and that
     * it knows the level.
     *
     * @throws UnreachableException where nobody could ever decide
     */
    void requireFeasible() {
        if (policy.get(CibaPolicyFactory.APPROVAL_MODE) != ApprovalMode.LOGIN) {
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

    ApprovalTerms of(CIBAAuthenticationRequest request) {
        Optional<String> level = new RequestedLevel(realm, policy).of(request);
        return new ApprovalTerms(
                policy.get(CibaPolicyFactory.APPROVAL_MODE) == ApprovalMode.LOGIN
                        || level.isPresent(),
                level,
                policy.get(CibaPolicyFactory.REPORT_BLOCK_MINUTES),
                numbers(request));
    }

    private Optional<MatchNumbers> numbers(CIBAAuthenticationRequest request) {
        if (!"true".equals(request.getClient().getAttribute(NUMBER_MATCHING_ATTRIBUTE))) {
            return Optional.empty();
        }
        return switch (policy.get(CibaPolicyFactory.NUMBER_MATCHING)) {
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

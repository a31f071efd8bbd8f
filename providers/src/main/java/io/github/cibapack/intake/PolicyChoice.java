// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.HeldBackEvent;
import io.github.cibapack.audit.Redacted;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.HintKind;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.policy.PolicyNotAllowedException;
import io.github.cibapack.text.LogLine;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Finds the CIBA policy that a request is asked under, and what it lets the relying party ask. */
final class PolicyChoice {
    private static final Logger LOG = Logger.getLogger(PolicyChoice.class);

    private PolicyChoice() {}

    /**
     * The policy.
     *
     * @throws CibaErrorException if the client may not use the one that the request names, or not
     *     the request's kind of hint
     */
    static CibaPolicy of(
            KeycloakSession session,
            HeldBackEvent event,
            ClientModel client,
            BackchannelRequest asked) {
        CibaPolicy policy;
        try {
            policy =
                    new CibaPolicies(session.getContext().getRealm()).of(client, asked.acrValues());
        } catch (PolicyNotAllowedException e) {
            throw CibaErrorException.invalid(
                    "The acr_values name a policy that this client may not use.",
                    "policy_not_allowed");
        }
        policy.facts().addTo(event).detail(CibaEvents.CHANNEL, policy.channel().value());
        // one of the server's own is always allowed
        asked.hint().kind().ifPresent(kind -> requireAllowed(policy, kind));
        return policy;
    }

    private static void requireAllowed(CibaPolicy policy, HintKind kind) {
        List<HintKind> allowed = policy.get(CibaPolicyFactory.ALLOWED_HINTS);
        if (!allowed.contains(kind)) {
            throw CibaErrorException.invalid(
                    "A %s is not allowed for this request; allowed: %s."
                            .formatted(
                                    kind.parameter(),
                                    allowed.stream()
                                            .map(HintKind::parameter)
                                            .collect(Collectors.joining(", "))),
                    "hint_not_allowed");
        }
    }

    /** The admin finds the setting in the log; the relying party cannot do anything about it. */
    static CibaErrorException invalidSetting(KeycloakSession session, InvalidSettingException e) {
        LOG.errorf(
                Redacted.of(e),
                "Requests of client '%s' cannot be served",
                LogLine.of(session.getContext().getClient().getClientId()));
        return new CibaErrorException(
                CibaError.INTERNAL_ERROR,
                "The server could not process the request.",
                "invalid_setting");
    }
}

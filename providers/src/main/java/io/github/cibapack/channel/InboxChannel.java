// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.message.NextChannel;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.request.ApprovalTerms;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Sends nothing: the user finds the request in the list of requests, and must sign in for that. */
final class InboxChannel implements Channel {
    private final KeycloakSession session;

    private final RequirementsResolver requirements;

    InboxChannel(KeycloakSession session, CibaPolicy policy) {
        this.session = session;
        this.requirements = new RequirementsResolver(session, policy);
    }

    @Override
    public ChannelType type() {
        return ChannelType.of(InboxChannelKind.VALUE);
    }

    @Override
    public void check(UserModel user, ApprovalTerms terms) {
        if (LoginClient.of(session.getContext().getRealm()).isEmpty()) {
            throw new UnreachableException(Unreachable.NO_INBOX);
        }
        requirements.requireFeasible();
        requirements.requireReady(user, true);
    }

    @Override
    public Runnable deliver(OutgoingRequest outgoing, NextChannel next) {
        return () -> {};
    }
}

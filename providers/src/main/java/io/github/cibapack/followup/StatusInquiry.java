// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.followup;

import io.github.cibapack.followup.StatusResult.Stage;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.PollRateLimiter;
import io.github.cibapack.request.RequestProgress;
import io.github.cibapack.request.RequestState;
import io.github.cibapack.request.Requests;
import io.github.cibapack.time.ServerClock;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;

/** Tells the client that has started a request where it stands. */
public final class StatusInquiry {
    private final KeycloakSession session;
    private final Requests requests;
    private final RequestProgress progress;
    private final CibaPolicies policies;

    public StatusInquiry(KeycloakSession session) {
        this.session = session;
        this.requests = new Requests(session);
        this.progress = new RequestProgress(session);
        this.policies = new CibaPolicies(session.getContext().getRealm());
    }

    /**
     * Looks at the request that the form names.
     *
     * @throws io.github.cibapack.intake.CibaErrorException if the call is refused
     */
    public StatusResult of(MultivaluedMap<String, String> form) {
        Optional<OAuth2DeviceCodeModel> stored = OwnRequest.of(session, form);
        if (policies.realmHidesUsers()) {
            return new StatusResult.Hidden();
        }
        return stored.flatMap(
                        known ->
                                requests.find(known.getDeviceCode())
                                        .map(request -> of(known, request)))
                .orElseGet(StatusResult.Unknown::new);
    }

    private StatusResult of(OAuth2DeviceCodeModel stored, AuthenticationRequest request) {
        if (request.policy().filter(policies::hidesUsers).isPresent()) {
            return new StatusResult.Hidden();
        }
        RequestState state = RequestState.of(stored);
        if (state == RequestState.EXPIRED) {
            return over(stored, Stage.EXPIRED);
        }
        if (state != RequestState.PENDING) {
            return over(stored, Stage.DECIDED);
        }
        if (new PollRateLimiter(session).inquiry(stored)
                instanceof PollRateLimiter.Verdict.TooEarly early) {
            return new StatusResult.TooEarly(early.retryAfter());
        }
        Optional<String> channel = deliveredBy(request);
        return new StatusResult.Known(
                stage(request, channel),
                channel,
                Math.max(0, stored.getExpiration() - ServerClock.seconds()),
                stored.getPollingInterval());
    }

    private static StatusResult over(OAuth2DeviceCodeModel stored, Stage stage) {
        return new StatusResult.Known(stage, Optional.empty(), 0, stored.getPollingInterval());
    }

    private Stage stage(AuthenticationRequest request, Optional<String> channel) {
        if (progress.isSeenByUser(request.id())) {
            return Stage.OPENED_BY_USER;
        }
        if (progress.isOpened(request.id())) {
            return Stage.OPENED;
        }
        return channel.isPresent() ? Stage.DELIVERED : Stage.PENDING;
    }

    /** A message leaves when the request is stored; the other channels deliver it before. */
    private Optional<String> deliveredBy(AuthenticationRequest request) {
        return progress.deliveredBy(request.id())
                .or(
                        () ->
                                Optional.of(request.channel())
                                        .filter(name -> !ChannelType.of(name).sendsMessage()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.notification.NotificationCounters;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.policy.NotificationPolicy;
import io.github.cibapack.request.ReportBlocks;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** The counters of a user's notification policy: to be read, and to be reset. */
public final class CountersResource {
    private final AdminCall call;
    private final String userId;

    CountersResource(AdminCall call, String userId) {
        this.call = call;
        this.userId = userId;
    }

    /**
     * Where the user stands.
     *
     * @param clientId the client id: the policy is the one of this client's default CIBA policy,
     *     and its shares are part of the answer; without one, the default policy
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public CountersRepresentation show(@QueryParam("client") String clientId) {
        UserModel user = call.permissions().userToView(userId);
        Optional<ClientModel> client = AdminCall.given(clientId).map(call::client);
        NotificationPolicy policy = policy(client);
        NotificationCounters counters = counters(user, client);
        return new CountersRepresentation(
                user.getId(),
                client.map(ClientModel::getClientId).orElse(null),
                policy.name(),
                CountersRepresentation.day(policy, counters),
                CountersRepresentation.cooldown(policy, counters),
                CountersRepresentation.pending(policy, counters),
                new ReportBlocks(call.session())
                        .of(user.getId()).stream()
                                .map(call.realm()::getClientById)
                                .filter(Objects::nonNull)
                                .map(ClientModel::getClientId)
                                .toList());
    }

    /**
     * Lets the user's day begin anew.
     *
     * @param clientId the client id: its share of the day and its cooldown begin anew as well
     */
    @DELETE
    public Response reset(@QueryParam("client") String clientId) {
        UserModel user = call.permissions().userToManage(userId);
        Optional<ClientModel> client = AdminCall.given(clientId).map(call::client);
        Map<String, String> what = new HashMap<>(Map.of("userId", user.getId()));
        client.ifPresent(known -> what.put("client", known.getClientId()));
        AdminEventBuilder adminEvent =
                call.event(
                        AdminCall.Resource.CIBA_NOTIFICATION_COUNTERS, OperationType.DELETE, what);
        counters(user, client).reset(policy(client));
        adminEvent.success();
        return Response.noContent().build();
    }

    private NotificationCounters counters(UserModel user, Optional<ClientModel> client) {
        return new NotificationCounters(call.session(), user, client.map(ClientModel::getId));
    }

    private NotificationPolicy policy(Optional<ClientModel> client) {
        NotificationPolicies policies = new NotificationPolicies(call.realm());
        try {
            if (client.isEmpty()) {
                return policies.ofRealm();
            }
            CibaPolicy policy = new CibaPolicies(call.realm()).of(client.get(), Optional.empty());
            return policies.of(client.get(), policy);
        } catch (InvalidSettingException e) {
            throw AdminError.because(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.notification.NotificationCounters;
import io.github.cibapack.policy.CibaPolicies;
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
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** The counters of a user's notification policy: to be read, and to be reset. */
public final class CountersResource {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final Permissions permissions;
    private final AdminEvents events;
    private final String userId;

    CountersResource(
            KeycloakSession session, Permissions permissions, AdminEvents events, String userId) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.permissions = permissions;
        this.events = events;
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
        UserModel user = permissions.userToLookAt(userId);
        Optional<ClientModel> client = client(clientId);
        NotificationPolicy policy = policy(client);
        NotificationCounters counters = counters(user, client);
        return new CountersRepresentation(
                user.getId(),
                client.map(ClientModel::getClientId).orElse(null),
                policy.name(),
                CountersRepresentation.day(policy, counters),
                CountersRepresentation.cooldown(policy, counters),
                CountersRepresentation.pending(policy, counters),
                new ReportBlocks(session)
                        .of(user.getId()).stream()
                                .map(realm::getClientById)
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
        UserModel user = permissions.userToManage(userId);
        Optional<ClientModel> client = client(clientId);
        Map<String, String> what = new HashMap<>(Map.of("userId", user.getId()));
        client.ifPresent(known -> what.put("client", known.getClientId()));
        AdminEventBuilder adminEvent =
                events.event(
                        AdminEvents.Resource.CIBA_NOTIFICATION_COUNTERS,
                        OperationType.DELETE,
                        what);
        counters(user, client).reset(policy(client));
        adminEvent.success();
        return Response.noContent().build();
    }

    private NotificationCounters counters(UserModel user, Optional<ClientModel> client) {
        return new NotificationCounters(session, user, client.map(ClientModel::getId));
    }

    private Optional<ClientModel> client(String clientId) {
        if (clientId == null || clientId.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(
                Optional.ofNullable(realm.getClientByClientId(clientId))
                        .orElseThrow(
                                () ->
                                        AdminError.badRequest(
                                                "'client' must be the client id of a client of this"
                                                        + " realm")));
    }

    private NotificationPolicy policy(Optional<ClientModel> client) {
        NotificationPolicies policies = new NotificationPolicies(realm);
        try {
            return client.isPresent()
                    ? policies.of(
                            client.get(),
                            new CibaPolicies(realm).of(client.get(), Optional.empty()))
                    : policies.ofRealm();
        } catch (InvalidSettingException e) {
            throw AdminError.because(Response.Status.CONFLICT, "invalid_setting", e.getMessage());
        }
    }
}

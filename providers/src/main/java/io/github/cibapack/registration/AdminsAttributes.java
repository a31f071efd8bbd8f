// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.registration;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.links.ServerLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.util.TokenUtil;

/**
 * Protects the client attributes of CIBA, which only an admin may set: they decide which policies
 * the client may use, whose hint tokens it may send and which limits apply, and which address of an
 * API stands for the client among resources. A client that registers or updates itself cannot add,
 * change or remove one. What it sends is ignored, and the answer contains the values in force (RFC
 * 7592 §2.2).
 */
final class AdminsAttributes {

    /**
     * Metadata that a client may set itself (CIBA Core §4); {@link UserCodeDuty} handles the user
     * code.
     */
    static final Set<String> CLIENTS_OWN =
            Set.of(
                    CibaConfig.CIBA_BACKCHANNEL_TOKEN_DELIVERY_MODE_PER_CLIENT,
                    CibaConfig.CIBA_BACKCHANNEL_CLIENT_NOTIFICATION_ENDPOINT,
                    CibaConfig.CIBA_BACKCHANNEL_AUTH_REQUEST_SIGNING_ALG);

    private static final String PREFIX = "ciba.";

    /** Keycloak's {@code ResourceIndicatorConstants}: for which API's address a token may be. */
    private static final String RESOURCE_URL = "resource_url";

    /** Event detail: the attributes that were sent and ignored. */
    private static final String PASSED_OVER = "ciba_attributes_passed_over";

    private final KeycloakSession session;
    private final ClientRegistrationAuth auth;
    private final EventBuilder event;

    AdminsAttributes(KeycloakSession session, ClientRegistrationAuth auth, EventBuilder event) {
        this.session = session;
        this.auth = auth;
        this.event = event;
    }

    static boolean contain(String attribute) {
        String name = attribute.strip().toLowerCase(Locale.ROOT);
        return name.equals(RESOURCE_URL)
                || (name.startsWith(PREFIX) && !CLIENTS_OWN.contains(attribute));
    }

    /**
     * Removes the admin's attributes from what a client has sent. Keycloak's update keeps
     * attributes that are not sent.
     *
     * @param sent the representation, which is changed
     * @param stored the existing client; empty for a new one
     */
    void keep(ClientRepresentation sent, Optional<ClientModel> stored) {
        Map<String, String> attributes = sent.getAttributes();
        if (attributes == null
                || attributes.keySet().stream().noneMatch(AdminsAttributes::contain)
                || isAdmin()) {
            return;
        }
        List<String> passedOver = new ArrayList<>();
        attributes.forEach(
                (name, value) -> {
                    String held = stored.map(client -> client.getAttribute(name)).orElse(null);
                    if (contain(name) && !Objects.equals(value, held)) {
                        passedOver.add(name);
                    }
                });
        attributes.keySet().removeIf(AdminsAttributes::contain);
        if (!passedOver.isEmpty()) {
            event.detail(PASSED_OVER, CibaEvents.fromOutside(String.join(" ", passedOver)));
        }
    }

    /**
     * Whether the caller could do the same with the admin API: the role {@code manage-clients},
     * also in the token.
     */
    private boolean isAdmin() {
        return ServerLinks.here().have(() -> CallersToken.class)
                && CallersToken.of(auth)
                        .filter(token -> TokenUtil.TOKEN_TYPE_BEARER.equals(token.getType()))
                        .filter(this::isOfAdmin)
                        .isPresent();
    }

    private boolean isOfAdmin(AccessToken token) {
        RealmModel realm = session.getContext().getRealm();
        if (ServerLinks.here().have(() -> LightweightRoles.class)) {
            LightweightRoles.addTo(token, session, realm);
        }
        UserModel user =
                token.getSubject() == null
                        ? null
                        : session.users().getUserById(realm, token.getSubject());
        ClientModel management =
                realm.getName().equals(Config.getAdminRealm())
                        ? realm.getMasterAdminClient()
                        : realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID);
        if (user == null || !user.isEnabled() || management == null) {
            return false;
        }
        RoleModel role = management.getRole(AdminRoles.MANAGE_CLIENTS);
        AccessToken.Access access = token.getResourceAccess(management.getClientId());
        return role != null
                && user.hasRole(role)
                && access != null
                && access.isUserInRole(AdminRoles.MANAGE_CLIENTS);
    }
}

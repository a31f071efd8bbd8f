// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.authenticators.util.LoAUtil;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;

/**
 * The client that a person signs in through on the approval page. The realm names it; without one
 * there is none, as the pack adds no client to anybody's realm (see ADR 3).
 */
public final class LoginClient {

    /** Realm attribute: the client id. */
    public static final String REALM_ATTRIBUTE = "ciba.login.client";

    /** The level of a login whose flow has no step-up conditions. */
    private static final int ANY_LOGIN = 1;

    /** The level of an approval by the link. */
    private static final int LINK = 0;

    private LoginClient() {}

    /** The client, if the realm names one that can be signed in through. */
    public static Optional<ClientModel> of(RealmModel realm) {
        return Optional.ofNullable(realm.getAttribute(REALM_ATTRIBUTE))
                .map(String::trim)
                .filter(id -> !id.isEmpty())
                .flatMap(id -> named(realm, id));
    }

    /** The client of this id, if it can be signed in through. */
    static Optional<ClientModel> named(RealmModel realm, String clientId) {
        return Optional.ofNullable(realm.getClientByClientId(clientId))
                .filter(ClientModel::isEnabled)
                .filter(ClientModel::isStandardFlowEnabled)
                .filter(client -> !client.isBearerOnly())
                .filter(
                        client ->
                                client.getProtocol() == null
                                        || OIDCLoginProtocol.LOGIN_PROTOCOL.equals(
                                                client.getProtocol()));
    }

    /**
     * The number of a level, where the client or the realm knows it.
     *
     * @param acr a name of the ACR-to-LoA mapping, or a number
     */
    public static Optional<Integer> levelOf(ClientModel client, String acr) {
        return levelOf(AcrUtils.getAcrLoaMap(client), acr);
    }

    /** Whether the realm, or its login client, knows the level. */
    static boolean isLevel(RealmModel realm, String acr) {
        return levelOf(AcrUtils.getAcrLoaMap(realm), acr)
                .or(() -> of(realm).flatMap(client -> levelOf(client, acr)))
                .isPresent();
    }

    private static Optional<Integer> levelOf(Map<String, Integer> levels, String acr) {
        Integer mapped = levels.get(acr);
        return mapped == null && acr.matches("[0-9]{1,4}")
                ? Optional.of(Integer.valueOf(acr))
                : Optional.ofNullable(mapped);
    }

    /**
     * Whether a login through the client can reach a level: a step-up condition of its browser flow
     * is of this level or the lowest one is above it, or the level is that of any login.
     *
     * @param level as Keycloak counts: 1 for a login
     */
    public static boolean reaches(ClientModel client, int level) {
        Set<Integer> conditions =
                LoAUtil.getLoaMaxAgesConfiguredInRealmFlow(client.getRealm(), browserFlowOf(client))
                        .keySet();
        return level <= ANY_LOGIN
                || conditions.contains(level)
                || conditions.stream().min(Integer::compare).filter(low -> low > level).isPresent();
    }

    /**
     * The ACRs of the realm's mapping that an approval can come to: by the link, or by a login
     * through the client, where the realm names one.
     */
    public static List<String> reachableAcrs(RealmModel realm) {
        Optional<ClientModel> client = of(realm);
        return AcrUtils.getAcrLoaMap(realm).entrySet().stream()
                .filter(
                        acr ->
                                acr.getValue() == LINK
                                        || client.filter(login -> reaches(login, acr.getValue()))
                                                .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String browserFlowOf(ClientModel client) {
        String own =
                client.getAuthenticationFlowBindingOverride(
                        AuthenticationFlowBindings.BROWSER_BINDING);
        return own == null || own.isBlank() ? client.getRealm().getBrowserFlow().getId() : own;
    }
}

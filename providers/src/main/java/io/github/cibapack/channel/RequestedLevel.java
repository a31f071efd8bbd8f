// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.LoginClient;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.utils.AcrUtils;

/**
 * The level of authentication that {@code acr_values} ask for (CIBA Core §7.1, OpenID Connect Core
 * §3.1.2.1): the first value, in the relying party's order of preference, that the ACR-to-LoA
 * mapping of the relying party or of the realm knows and that a login of this realm can reach. What
 * is left over is passed over, as the parameter is a voluntary one. It can only add to what the
 * policy asks.
 */
final class RequestedLevel {
    private final RealmModel realm;
    private final CibaPolicy policy;

    RequestedLevel(RealmModel realm, CibaPolicy policy) {
        this.realm = realm;
        this.policy = policy;
    }

    /**
     * The level to reach.
     *
     * @return an ACR as the client that people sign in through spells it; the policy's own if the
     *     request asks for no more; empty if neither asks for any
     */
    Optional<String> of(CIBAAuthenticationRequest request) {
        Optional<String> own = policy.get(CibaPolicyFactory.APPROVAL_LEVEL);
        if (values(request).findAny().isEmpty()) {
            return own;
        }
        return LoginClient.of(realm)
                .flatMap(
                        login ->
                                asked(request, login)
                                        .filter(level -> level > least(login, own))
                                        .flatMap(level -> spelled(request, login, level)))
                .or(() -> own);
    }

    /** What the policy asks anyway; a link is level 0. */
    private static int least(ClientModel login, Optional<String> own) {
        return own.flatMap(acr -> LoginClient.levelOf(login, acr)).orElse(0);
    }

    private Optional<Integer> asked(CIBAAuthenticationRequest request, ClientModel login) {
        Map<String, Integer> known = AcrUtils.getAcrLoaMap(request.getClient());
        return values(request)
                .map(known::get)
                .filter(level -> level != null && LoginClient.reaches(login, level))
                .findFirst();
    }

    /** The name of the policy that was picked has had its effect. */
    private Stream<String> values(CIBAAuthenticationRequest request) {
        return Optional.ofNullable(request.getAcrValues()).stream()
                .flatMap(values -> Arrays.stream(values.split(" ")))
                .filter(Predicate.not(policy.name()::equals));
    }

    /** The client that people sign in through may have a mapping of its own. */
    private Optional<String> spelled(
            CIBAAuthenticationRequest request, ClientModel login, int level) {
        return Stream.concat(values(request), Stream.of(Integer.toString(level)))
                .filter(
                        acr ->
                                LoginClient.levelOf(login, acr)
                                        .filter(known -> known == level)
                                        .isPresent())
                .findFirst();
    }
}

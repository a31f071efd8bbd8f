// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Requests;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** A request of Keycloak's own endpoint: its lifetime and pace are the realm's. */
final class KeycloakDialect implements Dialect {
    private final KeycloakSession session;
    private final CIBAAuthenticationRequest request;
    private final String info;

    KeycloakDialect(KeycloakSession session, CIBAAuthenticationRequest request, String info) {
        this.session = session;
        this.request = request;
        this.info = info;
    }

    /** Keycloak sees one request, whoever is asked. */
    @Override
    public CIBAAuthenticationRequest asked(
            CibaPolicy policy, UserModel user, String scope, String secret) {
        address(request, user);
        return request;
    }

    static void address(CIBAAuthenticationRequest request, UserModel user) {
        request.setUser(user);
        request.subject(user.getId());
    }

    @Override
    public String info(UserModel user) {
        return info;
    }

    @Override
    public int lifespan(CIBAAuthenticationRequest asked) {
        return lifespan(session);
    }

    /** Keycloak keeps every request for the realm's time. */
    static int lifespan(KeycloakSession session) {
        return session.getContext().getRealm().getCibaPolicy().getExpiresIn();
    }

    @Override
    public void open(
            AuthenticationRequest kept,
            Optional<String> secret,
            CIBAAuthenticationRequest asked,
            CibaPolicy policy) {
        new Requests(session).open(kept, secret, lifespan(session));
    }
}

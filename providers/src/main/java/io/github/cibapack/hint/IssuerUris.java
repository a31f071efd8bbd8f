// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import java.net.URI;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/** The URIs by which tokens name this server. */
final class IssuerUris {
    private final KeycloakSession session;
    private final RealmModel realm;

    IssuerUris(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    String issuer() {
        return Urls.realmIssuer(base(), realm.getName());
    }

    String host() {
        return base().getHost();
    }

    /**
     * What a hint token may be addressed to: the documented audience, the issuer, either endpoint.
     */
    Set<String> audiences() {
        String documented = issuer() + "/as";
        String own =
                CibaGrantType.authorizationUrl(
                                session.getContext().getUri(UrlType.FRONTEND).getBaseUriBuilder())
                        .build(realm.getName())
                        .toString();
        return Set.of(issuer(), documented, documented + "/cibaAuthorization", own);
    }

    private URI base() {
        return session.getContext().getUri(UrlType.FRONTEND).getBaseUri();
    }
}

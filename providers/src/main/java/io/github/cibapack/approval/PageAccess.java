// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What Keycloak checks for its own pages and leaves to a resource of somebody else's. */
final class PageAccess {
    private PageAccess() {}

    /** Not in a realm that is switched off, and not over HTTP if the realm asks for HTTPS. */
    static boolean areServed(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        boolean plainHttp = !"https".equals(session.getContext().getUri().getBaseUri().getScheme());
        return realm.isEnabled()
                && !(plainHttp
                        && realm.getSslRequired().isRequired(session.getContext().getConnection()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import org.keycloak.models.KeycloakSession;

/**
 * The page's own token in its form: made with the realm's secret key from what the page was opened
 * with. Who has not read the page cannot make it, and a token of one page is no good on another. It
 * needs no cookie, which the browsers inside mail programs may not keep.
 */
final class PageToken {
    static final String FIELD = "page_token";

    private final KeycloakSession session;
    private final RealmMac mac;

    PageToken(KeycloakSession session) {
        this.session = session;
        this.mac = new RealmMac(session, "ciba-page");
    }

    String of(String binding) {
        return mac.of(binding);
    }

    /** Whether what was sent is the page's own form: from no other site, and with the token. */
    boolean isInOwnForm(String binding) {
        if (!SameOrigin.isFulfilled(session)) {
            return false;
        }
        String sent =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(FIELD);
        return sent != null && mac.isOf(binding, sent);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import org.keycloak.models.KeycloakSession;

/**
 * The page's own token in its form. Who cannot read the form cannot make it, and a token of one
 * page is no good on another. It needs no cookie, which the browsers inside mail programs may not
 * keep.
 */
final class PageToken {
    static final String FIELD = "page_token";

    private static final String PURPOSE = "ciba-page";

    private final KeycloakSession session;

    PageToken(KeycloakSession session) {
        this.session = session;
    }

    static String of(FormBinding binding) {
        return binding.mac(PURPOSE);
    }

    /** Whether what was sent is the page's own form: from no other site, and with the token. */
    boolean isInOwnForm(FormBinding binding) {
        if (!SameOrigin.isFulfilled(session)) {
            return false;
        }
        String sent =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(FIELD);
        return sent != null && binding.isMac(sent, PURPOSE);
    }
}

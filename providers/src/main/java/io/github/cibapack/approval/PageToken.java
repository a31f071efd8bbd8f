// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import org.keycloak.common.util.Base64Url;
import org.keycloak.crypto.KeyUse;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;

/**
 * The page's own token in its form: made with the realm's secret key from what the page was opened
 * with. Who has not read the page cannot make it, and a token of one page is no good on another. It
 * needs no cookie, which the browsers inside mail programs may not keep.
 */
final class PageToken {
    static final String FIELD = "page_token";

    private static final String MAC = "HmacSHA256";

    /** So that the key makes nothing here that it could make elsewhere. */
    private static final String PURPOSE = "ciba-page ";

    private final KeycloakSession session;

    PageToken(KeycloakSession session) {
        this.session = session;
    }

    /** The token for a form. */
    String of(String binding) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(
                    session.keys()
                            .getActiveKey(
                                    session.getContext().getRealm(),
                                    KeyUse.SIG,
                                    Constants.INTERNAL_SIGNATURE_ALGORITHM)
                            .getSecretKey());
            return Base64Url.encode(mac.doFinal(bytes(PURPOSE + binding)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    /** Whether the form that was sent has the token. */
    boolean isPresent(String binding) {
        String sent =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(FIELD);
        return sent != null && MessageDigest.isEqual(bytes(of(binding)), bytes(sent));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

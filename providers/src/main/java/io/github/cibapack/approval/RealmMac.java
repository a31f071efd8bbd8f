// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.store.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import org.keycloak.common.util.Base64Url;
import org.keycloak.crypto.KeyUse;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;

/** Texts that only this realm can make, with its secret key: what forms carry to and fro. */
final class RealmMac {
    private static final String MAC = "HmacSHA256";

    private final KeycloakSession session;
    private final String purpose;

    /**
     * Texts of one kind.
     *
     * @param purpose the kind, so that a text of one kind is never one of another
     */
    RealmMac(KeycloakSession session, String purpose) {
        this.session = session;
        this.purpose = purpose;
    }

    String of(String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(
                    session.keys()
                            .getActiveKey(
                                    session.getContext().getRealm(),
                                    KeyUse.SIG,
                                    Constants.INTERNAL_SIGNATURE_ALGORITHM)
                            .getSecretKey());
            return Base64Url.encode(
                    mac.doFinal((purpose + " " + text).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    /** Whether what was sent is the text's, in a time that does not tell how much of it is. */
    boolean isOf(String text, String sent) {
        return Hashes.areEqual(of(text), sent);
    }
}

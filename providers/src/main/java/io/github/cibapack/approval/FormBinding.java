// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.store.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.common.util.Base64Url;
import org.keycloak.crypto.KeyUse;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;

/**
 * What the forms of a page are bound to, and the key of the texts that they carry to and fro. Only
 * the server can make such a text; if a link is all that a decision needs, its holder can, too.
 */
final class FormBinding {
    private static final String MAC = "HmacSHA256";

    private final Supplier<SecretKey> key;
    private final String bound;

    private FormBinding(Supplier<SecretKey> key, String bound) {
        this.key = key;
        this.bound = bound;
    }

    /**
     * To a link that is all a decision needs. Its secret is the key: it is as random as one, and
     * its holder can read the form anyway. Keycloak would load all keys of the realm to give one.
     */
    static FormBinding toLink(String secret) {
        return new FormBinding(
                () -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC), "");
    }

    /** To what others may know, with the realm's secret key. */
    static FormBinding ofRealm(KeycloakSession session, String bound) {
        return new FormBinding(
                () ->
                        session.keys()
                                .getActiveKey(
                                        session.getContext().getRealm(),
                                        KeyUse.SIG,
                                        Constants.INTERNAL_SIGNATURE_ALGORITHM)
                                .getSecretKey(),
                bound);
    }

    /** To one form, or one request, besides: a text made for it is no good for another. */
    FormBinding and(String one) {
        return new FormBinding(key, bound + " " + one);
    }

    /**
     * The text of these parts.
     *
     * @param parts what it is for and what it says; none has a line break
     */
    String mac(String... parts) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key.get());
            return Base64Url.encode(
                    mac.doFinal(
                            (bound + "\n" + String.join("\n", parts))
                                    .getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    /** Whether what was sent is that text, in a time that does not tell how much of it is. */
    boolean isMac(String sent, String... parts) {
        return Hashes.areEqual(mac(parts), sent);
    }
}

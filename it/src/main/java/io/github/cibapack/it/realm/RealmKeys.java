// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realm;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Private keys for realms. A server makes two for each realm that is imported without one, which
 * takes it longer than the rest of the import.
 */
final class RealmKeys {

    /** So that realms of one test class have different ones. */
    private static final int MOST = 4;

    private static final List<String> MADE = new ArrayList<>();

    private static int taken;

    private RealmKeys() {}

    /** The next of a few, in PEM. */
    static synchronized String next() {
        if (MADE.size() < MOST) {
            MADE.add(made());
        }
        return MADE.get(taken++ % MOST);
    }

    private static String made() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                    .formatted(
                            Base64.getMimeEncoder()
                                    .encodeToString(
                                            generator.generateKeyPair().getPrivate().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }
}

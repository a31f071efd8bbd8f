// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/**
 * A client that does not authenticate cannot use CIBA (CIBA Core §7.1, §10.1), whichever endpoint
 * and channel. Keycloak's own endpoints serve it (CVE-2026-109082); the pack refuses it there, too.
 */
public final class PublicClient {

    /** What the relying party is told. */
    public static final String SENTENCE =
            "Public clients cannot use CIBA: the client must authenticate.";

    /** The reason in the event. */
    public static final String REASON = "public_client";

    private PublicClient() {}
}

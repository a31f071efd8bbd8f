// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.fapi;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * One run of the plan: which endpoints, how the relying party learns of the decision, and how it
 * authenticates.
 */
enum FapiVariant {
    AS_POLL_PRIVATE_KEY_JWT(true, false, false),
    AS_POLL_MTLS(true, false, true),
    AS_PING_PRIVATE_KEY_JWT(true, true, false),
    AS_PING_MTLS(true, true, true),
    KEYCLOAK_POLL_PRIVATE_KEY_JWT(false, false, false),
    KEYCLOAK_POLL_MTLS(false, false, true),
    KEYCLOAK_PING_PRIVATE_KEY_JWT(false, true, false),
    KEYCLOAK_PING_MTLS(false, true, true);

    private final boolean documented;
    private final boolean ping;
    private final boolean mtls;

    FapiVariant(boolean documented, boolean ping, boolean mtls) {
        this.documented = documented;
        this.ping = ping;
        this.mtls = mtls;
    }

    /** Whether the endpoints are those of the pack; else they are Keycloak's own. */
    boolean documented() {
        return documented;
    }

    boolean ping() {
        return ping;
    }

    /** {@code tls_client_auth}; else {@code private_key_jwt}. */
    boolean mtls() {
        return mtls;
    }

    /** The client of this variant: one for both kinds of endpoints. */
    String clientId() {
        return "fapi-" + (ping ? "ping" : "poll") + "-" + (mtls ? "mtls" : "key");
    }

    /** Half of the clients sign with RSA, the other half with an elliptic curve. */
    String algorithm() {
        return ping == mtls ? "PS256" : "ES256";
    }

    /** Another client that authenticates in the same way at the same endpoints. */
    FapiVariant other() {
        return Arrays.stream(values())
                .filter(v -> v.documented == documented && v.mtls == mtls && v.ping != ping)
                .findFirst()
                .orElseThrow();
    }

    static Stream<FapiVariant> withPing() {
        return Arrays.stream(values()).filter(FapiVariant::ping);
    }

    static Stream<FapiVariant> withMtls() {
        return Arrays.stream(values()).filter(FapiVariant::mtls);
    }

    static Stream<FapiVariant> withPrivateKeyJwt() {
        return Arrays.stream(values()).filter(v -> !v.mtls);
    }
}

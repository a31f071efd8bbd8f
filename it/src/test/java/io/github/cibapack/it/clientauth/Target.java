// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clientauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * An endpoint, and a request that it refuses for a reason of its own once the client is known: so
 * "authenticated" and "not authenticated" are told apart without anybody being asked.
 */
enum Target {
    AS_START(true, "unknown_user_id"),
    AS_TOKEN(true, "invalid_grant"),
    KEYCLOAK_START(false, "invalid_request"),
    KEYCLOAK_TOKEN(false, "invalid_grant");

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final Form NOBODY = Form.of("scope", "openid", "login_hint", "nobody");
    private static final Form UNKNOWN_ID =
            Form.of(
                    "grant_type",
                    RelyingParty.GRANT_TYPE,
                    "auth_req_id",
                    "00000000-0000-0000-0000-000000000000");

    private final boolean documented;
    private final String errorOfTheAuthenticated;

    Target(boolean documented, String errorOfTheAuthenticated) {
        this.documented = documented;
        this.errorOfTheAuthenticated = errorOfTheAuthenticated;
    }

    Form form() {
        return isStart() ? NOBODY : UNKNOWN_ID;
    }

    private boolean isStart() {
        return this == AS_START || this == KEYCLOAK_START;
    }

    boolean isDocumented() {
        return documented;
    }

    URI uri(RelyingParty client) {
        RelyingParty at = documented ? client : client.atKeycloakEndpoints();
        return isStart() ? at.startEndpoint() : at.tokenEndpoint();
    }

    /** Sends the request with these credentials and nothing else, not even a {@code client_id}. */
    Answer send(RelyingParty client, Form credentials) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(uri(client))
                        .timeout(TIME_LIMIT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        form().and(credentials).encoded()))
                        .build());
    }

    void assertAuthenticated(Answer answer) {
        assertThat(answer.error())
                .as("%s: %s", this, answer.body())
                .isEqualTo(errorOfTheAuthenticated);
    }

    void assertNotAuthenticated(Answer answer) {
        assertThat(answer.error()).as("%s: %s", this, answer.body()).isEqualTo("invalid_client");
        if (documented) {
            assertThat(answer.status()).isEqualTo(401);
        }
    }
}

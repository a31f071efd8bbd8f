// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import org.keycloak.models.OAuth2DeviceCodeModel;

/** What a poll at {@code as/token} comes to, before Keycloak's grant is asked for tokens. */
sealed interface PollResult permits PollResult.Approved, PollRefusal {

    /**
     * The user has approved: tokens may be made.
     *
     * @param request the stored request, still to be redeemed
     */
    record Approved(OAuth2DeviceCodeModel request) implements PollResult {}
}

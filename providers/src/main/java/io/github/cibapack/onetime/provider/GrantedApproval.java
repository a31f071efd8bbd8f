// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import java.util.Map;
import java.util.Optional;

/**
 * What the user has approved.
 *
 * @param subject who approved
 * @param authReqId the id of the authentication request, as events show it
 * @param at the moment, in seconds since the epoch
 * @param acr how the user was authenticated, if that is known
 * @param bindingMessage what the user compared
 * @param claims what a receipt tells besides, by the names of its claims
 */
public record GrantedApproval(
        String subject,
        String authReqId,
        long at,
        Optional<String> acr,
        Optional<String> bindingMessage,
        Map<String, Object> claims) {}

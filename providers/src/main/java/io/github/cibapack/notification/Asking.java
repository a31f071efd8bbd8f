// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import java.util.Optional;

/**
 * Who wants to ask whom.
 *
 * @param requestId the request
 * @param clientId internal id of the client
 * @param userId internal id of the user
 * @param address hash of the user's e-mail address, where there is one
 * @param expiresIn lifetime of the request in seconds
 */
public record Asking(
        String requestId,
        String clientId,
        String userId,
        Optional<String> address,
        int expiresIn) {}

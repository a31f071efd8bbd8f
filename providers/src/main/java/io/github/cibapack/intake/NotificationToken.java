// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.text.MaxLength;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;

/**
 * The bearer token that a relying party in ping mode sends along, for the server to show it when it
 * calls back (CIBA Core §7.1, §10.2). It ends up in an HTTP header, so its characters matter.
 */
final class NotificationToken {
    /** RFC 6750 §2.1, {@code b64token}. */
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private NotificationToken() {}

    /**
     * The token that a client in ping mode has sent; nothing for a client that polls.
     *
     * @throws CibaErrorException if it is missing, malformed, or sent by a client that polls
     */
    static Optional<String> require(CibaConfig config, ClientModel client, String token) {
        if (!CibaConfig.CIBA_PING_MODE.equals(config.getBackchannelTokenDeliveryMode(client))) {
            if (token != null) {
                throw CibaErrorException.invalid(
                        "A client_notification_token is for clients in ping mode only.",
                        "notification_token_in_poll_mode");
            }
            return Optional.empty();
        }
        String endpoint = config.getBackchannelClientNotificationEndpoint(client);
        if (endpoint == null || endpoint.isBlank()) {
            throw CibaErrorException.invalid(
                    "The client has no notification endpoint, which ping mode needs.",
                    "no_notification_endpoint");
        }
        if (token == null || token.isEmpty()) {
            throw CibaErrorException.invalid(
                    "The client_notification_token is required in ping mode.",
                    "no_notification_token");
        }
        if (!MaxLength.CLIENT_NOTIFICATION_TOKEN.admits(token)
                || !B64TOKEN.matcher(token).matches()) {
            throw CibaErrorException.invalid(
                    "The client_notification_token must have at most 1024 of the characters of a"
                            + " bearer token.",
                    "invalid_notification_token");
        }
        return Optional.of(token);
    }
}

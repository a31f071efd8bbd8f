// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.io.IOException;
import java.util.Optional;
import org.keycloak.util.JsonSerialization;

/**
 * A request at another token provider: all that the next question to it needs.
 *
 * @param issuer whom it was sent to
 * @param clientId in whose name
 * @param authReqId what to poll with
 * @param tokenEndpoint where
 * @param jwksUri the provider's keys
 * @param message what the user compares
 */
record RemoteRequest(
        String issuer,
        String clientId,
        String authReqId,
        String tokenEndpoint,
        String jwksUri,
        String message) {

    /** Whether it was sent there in that name: a rule may have another provider by now. */
    boolean isOf(Issuer provider, ClientID client) {
        return issuer.equals(provider.getValue()) && clientId.equals(client.getValue());
    }

    /** Empty if the text is another one: a rule may have asked its own realm before. */
    static Optional<RemoteRequest> read(String text) {
        try {
            return Optional.ofNullable(JsonSerialization.readValue(text, RemoteRequest.class))
                    .filter(request -> request.issuer() != null && request.clientId() != null);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

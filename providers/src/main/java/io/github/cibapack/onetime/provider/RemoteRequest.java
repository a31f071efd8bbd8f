// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.keycloak.util.JsonSerialization;

/**
 * A request at another token provider: all that the next question to it needs.
 *
 * @param authReqId what to poll with
 * @param tokenEndpoint where
 * @param jwksUri the provider's keys
 * @param message what the user compares
 */
record RemoteRequest(String authReqId, String tokenEndpoint, String jwksUri, String message) {

    String write() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RemoteRequest read(String text) {
        try {
            return JsonSerialization.readValue(text, RemoteRequest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

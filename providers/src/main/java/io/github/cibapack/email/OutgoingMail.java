// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A mail in its envelope.
 *
 * @param messageKey makes the {@code Message-ID}: the same for every try
 * @param address where it goes
 * @param mail what it says
 */
public record OutgoingMail(String messageKey, String address, RenderedMail mail) {

    /** A mail that has not been tried yet. */
    public static OutgoingMail to(String address, RenderedMail mail) {
        return new OutgoingMail(KeycloakModelUtils.generateId(), address, mail);
    }

    /** Never prints the address. */
    @Override
    public String toString() {
        return "OutgoingMail[" + messageKey + "]";
    }
}

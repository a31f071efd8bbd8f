// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.store.Hashes;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.store.RequestRecord;
import io.github.cibapack.text.MaxLength;
import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** Makes the record of whom a request is for. */
final class Records {
    private Records() {}

    /**
     * The record.
     *
     * @param scopes all that the user is asked for, where it is the pack that asks
     */
    static RequestRecord of(
            CIBAAuthenticationRequest request,
            Channel channel,
            Optional<CibaPolicy> policy,
            Optional<String> scopes,
            Optional<PendingSlots.Slots> slots) {
        UserModel user = request.getUser();
        return new RequestRecord(
                request.getId(),
                request.getClient().getId(),
                user.getId(),
                channel.value(),
                policy.map(CibaPolicy::facts),
                channel == Channel.EMAIL
                        ? Optional.ofNullable(user.getEmail()).map(Hashes::sha256)
                        : Optional.empty(),
                // of a realm that keeps Keycloak's rules, it may be of any length
                Optional.ofNullable(request.getAcrValues()).filter(MaxLength.ACR_VALUES::admits),
                Optional.ofNullable(request.getBindingMessage()),
                scopes.map(Hashes::sha256),
                request.getIat(),
                slots);
    }
}

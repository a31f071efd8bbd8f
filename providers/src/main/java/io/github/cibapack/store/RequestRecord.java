// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import io.github.cibapack.audit.PolicyFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * Whom a request is for, as the server itself resolved it. Redemption believes this record and
 * nothing that has been outside the server; taking it is what makes a redemption the only one.
 *
 * @param requestId the id of the request, without the wrapping that a relying party sees
 * @param clientId internal id of the client
 * @param userId internal id of the user
 * @param channel how the user is reached
 * @param policy the CIBA policy that the request is asked under
 * @param addressHash hash of the e-mail address that was written to; empty for other channels
 * @param acrValues the level that the relying party asked for, if any
 * @param bindingMessage what the user compared, if anything
 * @param scopesHash hash of all scopes that the user is asked for; empty if another server asks
 * @param createdAt the moment of the request, in seconds since the epoch
 * @param slots its place among the user's pending requests; empty where none was taken
 */
public record RequestRecord(
        String requestId,
        String clientId,
        String userId,
        String channel,
        Optional<PolicyFacts> policy,
        Optional<String> addressHash,
        Optional<String> acrValues,
        Optional<String> bindingMessage,
        Optional<String> scopesHash,
        long createdAt,
        Optional<PendingSlots.Slots> slots) {
    private static final String CLIENT = "client";
    private static final String USER = "user";
    private static final String CHANNEL = "channel";
    private static final String ADDRESS_HASH = "address";
    private static final String ACR_VALUES = "acr";
    private static final String BINDING_MESSAGE = "message";
    private static final String SCOPES_HASH = "scopes";
    private static final String CREATED_AT = "created";
    private static final String USER_SLOT = "userSlot";
    private static final String CLIENT_SLOT = "clientSlot";
    private static final String NOTICE = "notice";

    Map<String, String> toNotes() {
        Map<String, String> notes = new HashMap<>();
        notes.put(CLIENT, clientId);
        notes.put(USER, userId);
        notes.put(CHANNEL, channel);
        policy.ifPresent(facts -> notes.putAll(facts.toNotes()));
        addressHash.ifPresent(hash -> notes.put(ADDRESS_HASH, hash));
        acrValues.ifPresent(acr -> notes.put(ACR_VALUES, acr));
        bindingMessage.ifPresent(message -> notes.put(BINDING_MESSAGE, message));
        scopesHash.ifPresent(hash -> notes.put(SCOPES_HASH, hash));
        notes.put(CREATED_AT, Long.toString(createdAt));
        slots.ifPresent(
                held -> {
                    notes.put(USER_SLOT, held.ofUser());
                    notes.put(CLIENT_SLOT, held.ofClient());
                    notes.put(NOTICE, held.notice().name());
                });
        return notes;
    }

    static RequestRecord of(String requestId, Map<String, String> notes) {
        return new RequestRecord(
                requestId,
                notes.get(CLIENT),
                notes.get(USER),
                notes.getOrDefault(CHANNEL, "email"),
                PolicyFacts.of(notes),
                Optional.ofNullable(notes.get(ADDRESS_HASH)),
                Optional.ofNullable(notes.get(ACR_VALUES)),
                Optional.ofNullable(notes.get(BINDING_MESSAGE)),
                Optional.ofNullable(notes.get(SCOPES_HASH)),
                Long.parseLong(notes.get(CREATED_AT)),
                Optional.ofNullable(notes.get(USER_SLOT))
                        .map(
                                ofUser ->
                                        new PendingSlots.Slots(
                                                ofUser,
                                                notes.get(CLIENT_SLOT),
                                                PendingSlots.Notice.valueOf(notes.get(NOTICE)))));
    }

    /** Whether the user finds the request in the inbox and gets no e-mail. */
    public boolean isForInboxOnly() {
        return slots.filter(held -> held.notice() == PendingSlots.Notice.INBOX).isPresent();
    }

    /** Whether the user still has the address that the request was sent to. */
    public boolean addressUnchanged(UserModel user) {
        return addressHash.isEmpty()
                || (user.getEmail() != null
                        && addressHash.get().equals(Hashes.sha256(user.getEmail())));
    }
}

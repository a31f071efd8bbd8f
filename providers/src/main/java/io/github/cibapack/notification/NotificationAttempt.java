// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.policy.CooldownKey;
import io.github.cibapack.policy.NotificationPolicy;
import io.github.cibapack.policy.NotificationPolicyFactory;
import io.github.cibapack.store.Hashes;
import io.github.cibapack.text.HeapBytes;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * An attempt to ask a user.
 *
 * @param policy whose limits hold
 * @param clientId internal id of the client
 * @param userId internal id of the user
 * @param address hash of the user's e-mail address, if there is one
 * @param expiresIn lifetime of the request in seconds
 * @param bytes that the store keeps of the request's own values
 * @param nobody whether it stands for a user who does not exist
 */
public record NotificationAttempt(
        NotificationPolicy policy,
        String clientId,
        String userId,
        Optional<String> address,
        int expiresIn,
        long bytes,
        boolean nobody) {

    private static final int AFTERLIFE_SECONDS = 60;

    /** Copies of the scope that are kept: in Keycloak's device code and in the request. */
    private static final int SCOPES = 2;

    /**
     * Further copies of all that is kept of a request in ping mode: Keycloak's own endpoint keeps
     * it once more, encrypted.
     */
    private static final int PINGED = 3;

    /** A request with its place still to be taken. */
    public static NotificationAttempt of(
            CIBAAuthenticationRequest asked,
            NotificationPolicy policy,
            int expiresIn,
            boolean nobody) {
        return new NotificationAttempt(
                policy,
                asked.getClient().getId(),
                asked.getUser().getId(),
                addressOf(asked.getUser()),
                expiresIn,
                keptBytes(asked),
                nobody);
    }

    /** How many bytes the store keeps of what the relying party has sent, at most. */
    private static long keptBytes(CIBAAuthenticationRequest asked) {
        long scope = size(asked.getScope());
        // the claims: the context, and parameters that Keycloak's own endpoint does not know
        long others =
                size(asked.getBindingMessage())
                        + size(asked.getAcrValues())
                        + asked.getOtherClaims().values().stream()
                                .mapToLong(NotificationAttempt::size)
                                .sum();
        long token = size(asked.getClientNotificationToken());
        return SCOPES * scope + others + (token == 0 ? 0 : token + PINGED * (scope + others));
    }

    private static long size(Object value) {
        return HeapBytes.of(Objects.toString(value, ""));
    }

    /** For how long the store keeps the entries of the request, in seconds. */
    long kept() {
        return expiresIn + (long) AFTERLIFE_SECONDS;
    }

    /**
     * For how long something is counted. Hints that name no user can be made up without end, so
     * what is counted for one never outlives its request.
     */
    long atMost(long seconds) {
        return nobody ? Math.min(seconds, kept()) : seconds;
    }

    /**
     * An e-mail alone, to a user who exists: of no request, or of one that has its place already.
     *
     * @param clientId internal id of the client
     */
    public static NotificationAttempt ofMail(
            NotificationPolicy policy, String clientId, UserModel user) {
        return new NotificationAttempt(
                policy, clientId, user.getId(), addressOf(user), 0, 0, false);
    }

    /**
     * What an e-mail to this user is counted under: one mailbox, however its address is written.
     */
    public static Optional<String> addressOf(UserModel user) {
        return Optional.ofNullable(user.getEmail())
                .map(email -> Hashes.sha256(email.toLowerCase(Locale.ROOT)));
    }

    /** Whom the pauses belong to: the mailbox, or the user. */
    String person() {
        return policy.get(NotificationPolicyFactory.COOLDOWN_KEY) == CooldownKey.ADDRESS
                ? mailbox(address.orElseThrow())
                : user();
    }

    /** Whomever the pauses of any policy may belong to. */
    Stream<String> persons() {
        return Stream.concat(Stream.of(user()), address.map(NotificationAttempt::mailbox).stream());
    }

    private String user() {
        return "user " + userId;
    }

    private static String mailbox(String hash) {
        return "address " + hash;
    }
}

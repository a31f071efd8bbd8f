// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Locale;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.HttpAuthenticationChannelProviderFactory;

/**
 * The settings that hold for one authentication request.
 *
 * @param channel how the user is reached
 * @param expiresIn lifetime of a request in seconds, where the relying party asks for none
 * @param maxExpiresIn the longest lifetime in seconds that a relying party can ask for
 * @param interval least time between two polls in seconds
 */
public record CibaPolicy(Channel channel, int expiresIn, int maxExpiresIn, int interval) {

    /** Realm attribute that names the channel: {@code email} or {@code http}. */
    public static final String CHANNEL_ATTRIBUTE = "ciba.channel";

    private static final int DEFAULT_INTERVAL = 2;

    private static final int DEFAULT_MAX_EXPIRES_IN = 3600;

    /**
     * The policy of a realm: its explicit settings, else the built-in ones (e-mail channel, 120
     * seconds, interval 2 seconds).
     *
     * @throws InvalidSettingException if a setting has a value that it cannot have; names the key
     */
    public static CibaPolicy of(RealmModel realm) {
        int expiresIn = realm.getCibaPolicy().getExpiresIn();
        return new CibaPolicy(
                channelOf(realm),
                expiresIn,
                Math.max(expiresIn, DEFAULT_MAX_EXPIRES_IN),
                intervalOf(realm));
    }

    /**
     * The lifetime that a request gets.
     *
     * @param requestedExpiry what the relying party asked for, in seconds (CIBA Core §7.1)
     * @return seconds, never more than the policy allows
     */
    public int clamp(Optional<Integer> requestedExpiry) {
        return requestedExpiry.map(asked -> Math.min(asked, maxExpiresIn)).orElse(expiresIn);
    }

    private static Channel channelOf(RealmModel realm) {
        String name = realm.getAttribute(CHANNEL_ATTRIBUTE);
        if (name == null || name.isBlank()) {
            return serverHasHttpChannel() ? Channel.HTTP : Channel.EMAIL;
        }
        return switch (name.trim().toLowerCase(Locale.ROOT)) {
            case "email" -> Channel.EMAIL;
            case "http" -> Channel.HTTP;
            default ->
                    throw new InvalidSettingException(
                            CHANNEL_ATTRIBUTE, "must be 'email' or 'http'");
        };
    }

    /** An admin who lives on the HTTP channel today must notice nothing when the JAR arrives. */
    private static boolean serverHasHttpChannel() {
        String uri =
                Config.scope(
                                "ciba-auth-channel",
                                HttpAuthenticationChannelProviderFactory.PROVIDER_ID)
                        .get("httpAuthenticationChannelUri");
        return uri != null && !uri.isBlank();
    }

    /**
     * What the realm has stored wins. Keycloak's accessor would fill in five seconds of its own
     * where nothing is stored.
     */
    private static int intervalOf(RealmModel realm) {
        return realm.getAttribute(CibaConfig.CIBA_INTERVAL, DEFAULT_INTERVAL);
    }
}

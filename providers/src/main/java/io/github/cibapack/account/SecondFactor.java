// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.account;

import java.util.Optional;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadata.Category;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Whether a user has more than a password: one-time codes, passkeys, security keys, recovery codes,
 * or any credential of an extension that is a second factor or passwordless.
 */
public final class SecondFactor {
    private SecondFactor() {}

    /** Asks Keycloak's credential manager, which includes the user's own storage provider. */
    public static boolean isHeldBy(KeycloakSession session, UserModel user) {
        CredentialTypeMetadataContext context =
                CredentialTypeMetadataContext.builder().user(user).build(session);
        return session.getAllProviders(CredentialProvider.class).stream()
                .filter(provider -> isStrong(provider.getCredentialTypeMetadata(context)))
                .anyMatch(provider -> user.credentialManager().isConfiguredFor(provider.getType()));
    }

    private static boolean isStrong(CredentialTypeMetadata metadata) {
        return Optional.ofNullable(metadata)
                .map(CredentialTypeMetadata::getCategory)
                .filter(category -> category != Category.BASIC_AUTHENTICATION)
                .isPresent();
    }
}

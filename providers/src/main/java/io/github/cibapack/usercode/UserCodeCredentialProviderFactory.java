// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.usercode;

import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Registers the credential type {@code ciba-user-code}. */
public final class UserCodeCredentialProviderFactory
        implements CredentialProviderFactory<UserCodeCredentialProvider> {
    @Override
    public CredentialProvider<?> create(KeycloakSession session) {
        return new UserCodeCredentialProvider(session);
    }

    @Override
    public String getId() {
        return UserCodeCredentialProvider.TYPE;
    }
}

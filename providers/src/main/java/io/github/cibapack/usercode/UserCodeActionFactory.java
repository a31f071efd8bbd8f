// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.usercode;

import io.github.cibapack.spi.WithoutLifeCycle;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;

/** Registers the required action {@code ciba-user-code}. */
public final class UserCodeActionFactory
        implements RequiredActionFactory, WithoutLifeCycle<RequiredActionProvider> {
    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new UserCodeAction();
    }

    @Override
    public String getId() {
        return UserCodeCredentialProvider.TYPE;
    }

    @Override
    public String getDisplayText() {
        return "Set code for requests (CIBA)";
    }
}

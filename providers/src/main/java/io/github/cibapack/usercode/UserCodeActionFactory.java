// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.usercode;

import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Registers the required action {@code ciba-user-code}. */
public final class UserCodeActionFactory implements RequiredActionFactory {
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

    @Override
    public void init(Config.Scope config) {
        // no options
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // nothing to do
    }

    @Override
    public void close() {
        // holds nothing
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.usercode;

import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/** Keeps user codes as credentials, hashed as the realm hashes passwords. */
public final class UserCodeCredentialProvider implements CredentialProvider<CredentialModel> {
    /** Credential type, provider id and id of the required action. */
    public static final String TYPE = "ciba-user-code";

    private final KeycloakSession session;

    public UserCodeCredentialProvider(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Sets the user's code and replaces an earlier one.
     *
     * @param code normalized by {@link UserCode#normalize}
     */
    public void set(RealmModel realm, UserModel user, String code) {
        PasswordPolicy policy = realm.getPasswordPolicy();
        PasswordCredentialModel hashed =
                hasher(policy.getHashAlgorithm())
                        .encodedCredential(code, policy.getHashIterations());
        CredentialModel credential = new CredentialModel();
        credential.setType(TYPE);
        credential.setCreatedDate(Time.currentTimeMillis());
        credential.setCredentialData(hashed.getCredentialData());
        credential.setSecretData(hashed.getSecretData());
        remove(user);
        createCredential(realm, user, credential);
    }

    public void remove(UserModel user) {
        List<CredentialModel> all =
                user.credentialManager().getStoredCredentialsByTypeStream(TYPE).toList();
        all.forEach(old -> user.credentialManager().removeStoredCredentialById(old.getId()));
    }

    /**
     * Whether this is the user's code. Takes the same time for a user without a code.
     *
     * @param code as it was sent; empty if it is not a valid code
     */
    public boolean isRight(RealmModel realm, UserModel user, Optional<String> code) {
        Optional<PasswordCredentialModel> stored =
                user.credentialManager()
                        .getStoredCredentialsByTypeStream(TYPE)
                        .findFirst()
                        .map(PasswordCredentialModel::createFromCredentialModel);
        if (stored.isEmpty() || code.isEmpty()) {
            compute(realm);
            return false;
        }
        String algorithm = stored.get().getPasswordCredentialData().getAlgorithm();
        return hasher(algorithm).verify(code.get(), stored.get());
    }

    /** Computes what a wrong code costs, for nothing. */
    void compute(RealmModel realm) {
        PasswordPolicy policy = realm.getPasswordPolicy();
        hasher(policy.getHashAlgorithm()).encodedCredential(TYPE, policy.getHashIterations());
    }

    private PasswordHashProvider hasher(String algorithm) {
        PasswordHashProvider named =
                algorithm == null
                        ? null
                        : session.getProvider(PasswordHashProvider.class, algorithm);
        return named == null ? session.getProvider(PasswordHashProvider.class) : named;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public CredentialModel createCredential(
            RealmModel realm, UserModel user, CredentialModel credential) {
        return user.credentialManager().createStoredCredential(credential);
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return user.credentialManager().removeStoredCredentialById(credentialId);
    }

    @Override
    public CredentialModel getCredentialFromModel(CredentialModel model) {
        return model;
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        CredentialTypeMetadata.CredentialTypeMetadataBuilder metadata =
                CredentialTypeMetadata.builder()
                        .type(TYPE)
                        .category(CredentialTypeMetadata.Category.BASIC_AUTHENTICATION)
                        .displayName("cibaUserCodeTitle")
                        .helpText("cibaUserCodeHelp")
                        .iconCssClass("kcAuthenticatorPasswordClass")
                        .removeable(true);
        boolean hasCode =
                context.getUser() != null
                        && context.getUser()
                                .credentialManager()
                                .getStoredCredentialsByTypeStream(TYPE)
                                .findAny()
                                .isPresent();
        return (hasCode ? metadata.updateAction(TYPE) : metadata.createAction(TYPE)).build(session);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.health;

import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolver;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What is installed and in use on this server.
 *
 * @param version of the pack
 * @param builtFor the version of Keycloak that this pack was built for
 * @param channel id of the default authentication channel
 * @param resolver id of the default resolver of hints
 * @param templates id of the default e-mail template provider
 */
public record Installation(
        String version, String builtFor, String channel, String resolver, String templates) {
    private static final String NONE = "none";

    /** Looks at the server. */
    public static Installation of(KeycloakSessionFactory factory) {
        Properties pack = pack();
        return new Installation(
                pack.getProperty("version"),
                pack.getProperty("keycloak"),
                idOf(factory, AuthenticationChannelProvider.class),
                idOf(factory, CIBALoginUserResolver.class),
                idOf(factory, EmailTemplateProvider.class));
    }

    /** For the server info page. */
    public Map<String, String> describe() {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("version", version);
        told.put("built-for-keycloak", builtFor);
        told.put("authentication-channel", channel);
        told.put("login-user-resolver", resolver);
        told.put("email-templates", templates);
        return told;
    }

    private static String idOf(KeycloakSessionFactory factory, Class<? extends Provider> type) {
        return Optional.ofNullable(factory.getProviderFactory(type))
                .map(ProviderFactory::getId)
                .orElse(NONE);
    }

    private static Properties pack() {
        Properties properties = new Properties();
        try (InputStream file = Installation.class.getResourceAsStream("pack.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}

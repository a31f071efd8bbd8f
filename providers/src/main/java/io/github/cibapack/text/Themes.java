// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.DefaultThemeSelectorProvider;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;

/**
 * Chooses themes as Keycloak does, but looks the server's default up only once: its options stay as
 * they are while it runs, and looking one up takes longer than all texts of a mail.
 */
public final class Themes extends DefaultThemeSelectorProvider {
    private static final Map<Theme.Type, String> DEFAULTS = new ConcurrentHashMap<>();

    private Themes(KeycloakSession session) {
        super(session);
    }

    /**
     * The theme that the realm's mails or pages have now, by the server's own rule if it has one.
     */
    public static Theme of(KeycloakSession session, Theme.Type type) {
        ThemeSelectorProvider servers = session.getProvider(ThemeSelectorProvider.class);
        ThemeSelectorProvider selector =
                servers.getClass() == DefaultThemeSelectorProvider.class
                        ? new Themes(session)
                        : servers;
        try {
            return session.theme().getTheme(selector.getThemeName(type), type);
        } catch (IOException e) {
            throw new UncheckedIOException("Theme of the realm cannot be read", e);
        }
    }

    @Override
    public String getDefaultThemeName(Theme.Type type) {
        return DEFAULTS.computeIfAbsent(type, super::getDefaultThemeName);
    }
}

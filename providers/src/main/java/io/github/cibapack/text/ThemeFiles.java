// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.cibapack.links.NeedsNewer;
import java.util.Properties;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeResources;
import org.keycloak.theme.ThemeResourcesParser;

/**
 * Styles, scripts and icons of a theme, as its properties name them from Keycloak 26.7 on. They are
 * parsed once for each theme: it takes as long as the rest of a page.
 */
@NeedsNewer(otherwise = "")
final class ThemeFiles {
    /** By theme, which is the same object for as long as Keycloak keeps it. */
    private static final Cache<Theme, ThemeResources> KEPT =
            Caffeine.newBuilder().weakKeys().build();

    private ThemeFiles() {}

    static ThemeResources of(KeycloakSession session, Theme theme, Properties properties) {
        return session.theme().isCacheEnabled()
                ? KEPT.get(theme, any -> ThemeResourcesParser.parse(properties))
                : ThemeResourcesParser.parse(properties);
    }
}

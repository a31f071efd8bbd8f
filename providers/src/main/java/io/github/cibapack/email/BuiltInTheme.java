// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import java.io.InputStream;
import java.net.URL;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** The pack's own templates, for when a theme's template is broken. */
final class BuiltInTheme implements Theme {
    private static final String TEMPLATES = "/theme-resources/templates/";

    @Override
    public String getName() {
        return "ciba-pack-built-in";
    }

    @Override
    public String getParentName() {
        return null;
    }

    @Override
    public String getImportName() {
        return null;
    }

    @Override
    public Type getType() {
        return Type.EMAIL;
    }

    @Override
    public URL getTemplate(String name) {
        return BuiltInTheme.class.getResource(TEMPLATES + name);
    }

    @Override
    public InputStream getResourceAsStream(String path) {
        return null;
    }

    @Override
    public Properties getMessages(Locale locale) {
        return new Properties();
    }

    @Override
    public Properties getMessages(String baseBundlename, Locale locale) {
        return new Properties();
    }

    @Override
    public Properties getEnhancedMessages(RealmModel realm, Locale locale) {
        return new Properties();
    }

    @Override
    public Properties getProperties() {
        return new Properties();
    }
}

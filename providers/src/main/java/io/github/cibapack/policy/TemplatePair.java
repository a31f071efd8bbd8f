// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.Theme;

/** A pair of mail templates, each as text and as HTML, in the realm's email theme. */
public final class TemplatePair {

    /** Client attribute: name of the client's own pair. */
    public static final String CLIENT_ATTRIBUTE = "ciba.mail.template";

    private TemplatePair() {}

    static List<String> files(String pair) {
        return Stream.of("text/", "html/")
                .flatMap(
                        format ->
                                Stream.of("-with-binding-message", "-without-binding-message")
                                        .map(ending -> format + pair + ending + ".ftl"))
                .toList();
    }

    /** Whether the theme has all of them. */
    static boolean exists(KeycloakSession session, String pair) {
        try {
            Theme theme = session.theme().getTheme(Theme.Type.EMAIL);
            for (String file : files(pair)) {
                if (theme.getTemplate(file) == null) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            // a theme that cannot be read has nothing to send
            return false;
        }
    }
}

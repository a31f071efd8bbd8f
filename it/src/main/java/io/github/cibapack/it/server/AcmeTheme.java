// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * An admin's own theme. For mails: a pair of templates for a client, a pair of the usual name that
 * is broken, and a text. For the pages: an approval page that shows what a template is given, and a
 * list of requests that is broken.
 */
public final class AcmeTheme {

    /** The theme's name, for the realm settings {@code emailTheme} and {@code loginTheme}. */
    public static final String NAME = "acme";

    /** What its mails say in the place of {@code cibaMailKeepPrivate}. */
    public static final String TEXT_OF_ITS_OWN = "Acme asks for silence.";

    private static final String HTML = "theme/acme/email/html/";
    private static final String TEXT = "theme/acme/email/text/";

    private AcmeTheme() {}

    /** The theme as a JAR in {@code target}. */
    static Path jar() {
        return TestJar.of("acme-theme.jar", files());
    }

    private static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        files.put(
                "META-INF/keycloak-themes.json",
                "{\"themes\":[{\"name\":\"acme\",\"types\":[\"email\",\"login\"]}]}");
        files.put("theme/acme/email/theme.properties", "parent=base\n");
        files.put(
                "theme/acme/email/messages/messages_en.properties",
                "cibaMailKeepPrivate=" + TEXT_OF_ITS_OWN + "\n");
        files.put(
                HTML + "acme-with-binding-message.ftl",
                """
                <#ftl output_format="HTML">
                <html lang="${lang}" dir="${dir}"><body><h1>Acme: ${appName}</h1>
                <p>${text.cibaMailBindingMessageLabel} ${bindingMessage}</p>
                <a href="${magicLink}">Go</a></body></html>
                """);
        files.put(
                TEXT + "acme-with-binding-message.ftl",
                """
                <#ftl output_format="plainText">
                Acme for ${userName}: ${appName} says ${bindingMessage}
                ${magicLink} (${authReqId}, ${expiresInMinutes})
                """);
        files.put(
                HTML + "acme-without-binding-message.ftl",
                """
                <#ftl output_format="HTML">
                <html><body><p>Acme without words: ${appName} <a href="${magicLink}">Go</a></p></body></html>
                """);
        files.put(
                TEXT + "acme-without-binding-message.ftl",
                """
                <#ftl output_format="plainText">
                Acme without words: ${magicLink} (${authReqId})
                """);
        files.put(HTML + "ciba-with-binding-message.ftl", "<#if appName>never closed");
        files.put(TEXT + "ciba-with-binding-message.ftl", "Acme's own text ${noSuchVariable}");
        files.put(
                "theme/acme/login/theme.properties",
                """
                parent=keycloak.v2
                import=common/keycloak
                acmeColour=teal
                darkMode=true
                common=
                """);
        files.put(
                "theme/acme/login/ciba-approval.ftl",
                """
                <#ftl output_format="HTML">
                <html lang="${lang}" dir="${dir}" data-dark="${darkMode?c}"><body>
                <p>Acme asks: ${approval.state}, ${text.cibaPageApprove}</p>
                <p>${msg("loginTitle", properties.acmeColour)}</p>
                <p>${kcSanitize(realmNameHtml)?no_esc}</p>
                <p>${languageName} of ${languages?size}</p>
                <p>${url.resourcesPath} ${url.resourcesCommonPath}</p>
                <p><#list (themeResources.styles)![] as style>[${style.path}]</#list></p>
                </body></html>
                """);
        files.put("theme/acme/login/ciba-inbox.ftl", "<#if inbox>never closed");
        return files;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.text.Texts;
import io.github.cibapack.text.Timestamps;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.email.freemarker.FreeMarkerEmailTemplateProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.Theme;

/** Keycloak's template provider with two more mails. Every other mail is Keycloak's, untouched. */
public final class CibaEmailTemplateProvider extends FreeMarkerEmailTemplateProvider {
    private static final int SECONDS_PER_MINUTE = 60;

    CibaEmailTemplateProvider(KeycloakSession session) {
        super(session);
    }

    /**
     * The provider to render with. An admin may have chosen another one for all mail; the two mails
     * of the pack are rendered all the same.
     */
    public static CibaEmailTemplateProvider of(KeycloakSession session) {
        EmailTemplateProvider configured = session.getProvider(EmailTemplateProvider.class);
        return configured instanceof CibaEmailTemplateProvider own
                ? own
                : new CibaEmailTemplateProvider(session);
    }

    /**
     * Renders the mail that asks a user for a decision, in the user's language.
     *
     * @throws EmailException if the theme's template is broken
     */
    public RenderedMail render(MailModel model, ClientModel client, UserModel recipient)
            throws EmailException {
        setRealm(session.getContext().getRealm());
        setUser(recipient);
        Locale locale = MailLanguage.of(realm, recipient);
        Texts texts = Texts.of(session, Theme.Type.EMAIL, locale);
        Map<String, String> variables = variables(model, texts, client);
        Map<String, String> substituted = texts.substituted(variables);
        String subject =
                Texts.oneLine(substituted.getOrDefault("cibaMailSubject", texts.nameOf(client)));

        Map<String, Object> data = new HashMap<>(variables);
        data.put("text", substituted);
        data.put("subject", subject);
        data.put("lang", locale.toLanguageTag());
        data.put("dir", texts.direction());
        MailTemplate template = MailTemplate.of(model);
        try {
            Theme theme = getTheme();
            data.put("properties", theme.getProperties());
            return new RenderedMail(
                    subject,
                    freeMarker.processTemplate(data, template.textFile(), theme),
                    freeMarker.processTemplate(data, template.htmlFile(), theme));
        } catch (FreeMarkerException | IOException e) {
            throw new EmailException("Template '" + template.title() + "' cannot be rendered", e);
        }
    }

    private Map<String, String> variables(MailModel model, Texts texts, ClientModel client) {
        Map<String, String> variables = new HashMap<>();
        variables.put("appName", texts.nameOf(client));
        variables.put("magicLink", model.magicLink().toString());
        model.bindingMessage().ifPresent(message -> variables.put("bindingMessage", message));
        variables.put("authReqId", model.authReqId());
        variables.put(
                "expiresInMinutes", Long.toString(minutes(model.expiresAt() - model.createdAt())));
        variables.put("requestTime", Timestamps.format(model.createdAt(), texts.locale()));
        variables.put("requestOrigin", model.requestedFrom());
        variables.put("realmName", Texts.name(getRealmName()));
        variables.put("userName", Texts.name(user.getUsername()));
        return variables;
    }

    /** Rounded down, so that the mail never promises more than there is; at least one. */
    private static long minutes(long seconds) {
        return Math.max(1, seconds / SECONDS_PER_MINUTE);
    }
}

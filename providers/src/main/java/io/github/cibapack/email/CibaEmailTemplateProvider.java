// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.details.DetailsView;
import io.github.cibapack.details.ShownDetail;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.resource.ResourceView;
import io.github.cibapack.text.RealmName;
import io.github.cibapack.text.Texts;
import io.github.cibapack.text.Themes;
import io.github.cibapack.text.Timestamps;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.email.freemarker.FreeMarkerEmailTemplateProvider;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.Theme;

/** Keycloak's template provider with two more mails. All other mails stay Keycloak's own. */
public final class CibaEmailTemplateProvider extends FreeMarkerEmailTemplateProvider {
    private static final int SECONDS_PER_MINUTE = 60;

    private final List<String> broken = new ArrayList<>();

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
     * Renders the mail that asks a user for a decision, in the user's language. A broken template
     * gives way to the built-in one, and an event says so: no request is lost to a typo.
     *
     * @throws EmailException if not even the built-in template can be rendered
     */
    public RenderedMail render(MailModel model, ClientModel client, UserModel recipient)
            throws EmailException {
        return render(
                model,
                client,
                recipient,
                MailLanguage.of(session.getContext().getRealm(), recipient));
    }

    /**
     * Renders the mail in a language.
     *
     * @see #render(MailModel, ClientModel, UserModel)
     */
    public RenderedMail render(
            MailModel model, ClientModel client, UserModel recipient, Locale locale)
            throws EmailException {
        setRealm(session.getContext().getRealm());
        setUser(recipient);
        Texts texts = Texts.of(session, Theme.Type.EMAIL, locale);
        if (!texts.broken().isEmpty()) {
            tell(client, "text", String.join(" ", texts.broken()));
        }
        MailTemplate template = MailTemplate.of(model, client);
        try {
            return render(model, client, texts.of(model.kind().variant()), template, getTheme());
        } catch (FreeMarkerException | IOException e) {
            tell(client, "template", template.name());
        }
        try {
            return render(
                    model,
                    client,
                    Texts.builtIn(locale).of(model.kind().variant()),
                    MailTemplate.builtIn(model),
                    new BuiltInTheme());
        } catch (FreeMarkerException | IOException e) {
            throw new EmailException("The built-in mail cannot be rendered", e);
        }
    }

    private RenderedMail render(
            MailModel model, ClientModel client, Texts texts, MailTemplate template, Theme theme)
            throws FreeMarkerException, IOException {
        Map<String, String> variables = variables(model, texts, client);
        Map<String, String> substituted = texts.substituted(variables);
        String subject =
                Texts.oneLine(
                        substituted.getOrDefault("cibaMailSubject", variables.get("appName")));
        Map<String, Object> data = new HashMap<>(variables);
        data.put(
                "details",
                model
                        .details()
                        .map(asked -> new DetailsView(texts).of(asked))
                        .orElse(List.of())
                        .stream()
                        .map(ShownDetail::model)
                        .toList());
        data.put(
                "resources",
                model.resources()
                        .map(
                                asked ->
                                        new ResourceView(session, texts)
                                                .of(asked, client, user, model.scope()))
                        .orElse(List.of()));
        data.put("text", substituted);
        data.put("subject", subject);
        data.put("lang", texts.locale().toLanguageTag());
        data.put("dir", texts.direction());
        data.put("properties", theme.getProperties());
        return new RenderedMail(
                subject,
                freeMarker.processTemplate(data, template.textFile(), theme),
                freeMarker.processTemplate(data, template.htmlFile(), theme));
    }

    /**
     * Renders Keycloak's own mail with the link that verifies an address, in the user's language.
     *
     * @throws EmailException if its template is broken
     */
    public RenderedMail verification(UserModel recipient, URI link, long minutes)
            throws EmailException {
        setRealm(session.getContext().getRealm());
        setUser(recipient);
        Map<String, Object> data = new HashMap<>();
        // of the relying party's server, which is not the reader
        data.put(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true);
        addLinkInfoIntoAttributes(link.toString(), minutes, data);
        EmailTemplate mail =
                processTemplate(
                        "emailVerificationSubject", List.of(), "email-verification.ftl", data);
        return new RenderedMail(mail.getSubject(), mail.getTextBody(), mail.getHtmlBody());
    }

    /** What the last mails had to do without, as its events name it; empty if all is well. */
    public List<String> broken() {
        return List.copyOf(broken);
    }

    @Override
    protected Theme getTheme() {
        return Themes.of(session, Theme.Type.EMAIL);
    }

    private void tell(ClientModel client, String what, String names) {
        broken.add(what + " " + names);
        CibaEvents.event(session, CibaEvent.TEMPLATE_BROKEN)
                .client(client)
                .detail(CibaEvents.REASON, "broken_" + what)
                .detail(what, names)
                .error(Errors.EMAIL_SEND_FAILED);
    }

    private Map<String, String> variables(MailModel model, Texts texts, ClientModel client) {
        Map<String, String> variables = new HashMap<>();
        String appName = texts.nameOf(client);
        variables.put("appName", appName);
        model.once()
                .ifPresent(use -> variables.putAll(use.variables(session, texts, user.getId())));
        variables.put("magicLink", model.magicLink());
        model.inboxLink().ifPresent(link -> variables.put("inboxLink", link));
        model.bindingMessage().ifPresent(message -> variables.put("bindingMessage", message));
        variables.put("authReqId", model.authReqId());
        variables.put("expiresInMinutes", Long.toString(minutes(model.secondsLeft())));
        variables.put("timeLeft", texts.timeSpan(model.secondsLeft()));
        variables.put("requestCode", RequestIds.code(model.authReqId()));
        ZoneId zone = Timestamps.zoneOf(user);
        variables.put("requestTime", Timestamps.format(model.createdAt(), texts.locale(), zone));
        variables.put("expiryTime", Timestamps.format(model.expiresAt(), texts.locale(), zone));
        variables.put("requestOrigin", model.deviceAddress().orElse(""));
        variables.put("realmName", RealmName.of(session.getContext().getRealm()));
        variables.put("userName", Texts.name(user.getUsername()));
        // the names that PingOne MFA's templates use
        variables.put("locale", texts.locale().toLanguageTag());
        variables.put("requestedScope", texts.about(model.scope()).orElse(""));
        variables.put("requestingApplicationId", Texts.name(client.getClientId()));
        variables.put("requestingApplicationName", appName);
        variables.put(
                "requestingApplicationLogoUrl",
                Optional.ofNullable(client.getAttribute(ClientModel.LOGO_URI)).orElse(""));
        variables.put("authUserBindingMessage", model.bindingMessage().orElse(""));
        return variables;
    }

    /** Rounded down, so that the mail never promises more than there is; at least one. */
    private static long minutes(long seconds) {
        return Math.max(1, seconds / SECONDS_PER_MINUTE);
    }
}

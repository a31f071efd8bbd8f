// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import static io.github.cibapack.policy.SettingForm.choice;
import static io.github.cibapack.policy.SettingForm.integer;
import static io.github.cibapack.policy.SettingForm.text;

import io.github.cibapack.policy.Setting;
import io.github.cibapack.policy.SettingForm;
import io.github.cibapack.policy.SettingsComponentFactory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Rejection handlers of one-time rules: provider id {@code ciba-rejection-handler}. */
public final class RejectionHandlerFactory extends SettingsComponentFactory {
    public static final String PROVIDER_ID = "ciba-rejection-handler";

    static final SettingForm<String> NAMES =
            text("[^\\p{Cc}\\p{Zl}\\p{Zp}]{1,64}", "1–64 characters on one line");

    private static final Set<Integer> REDIRECTS = Set.of(302, 303, 307);
    private static final int FIRST_ERROR = 400;
    private static final int LAST_ERROR = 599;

    public static final Setting<Optional<String>> NAME =
            Setting.optional("name", "Name", NAMES)
                    .help("The name by which rules refer to the handler.");

    public static final Setting<HandlerType> TYPE =
            Setting.named("type", "Type", choice(HandlerType.class), HandlerType.TEMPLATE)
                    .help("template: an error with a body. redirect: to a URL.");

    public static final Setting<Optional<Integer>> STATUS =
            Setting.optional("status", "Status", integer(302, LAST_ERROR))
                    .help(
                            "HTTP status: 400–599 for a template, 302, 303 or 307 for a redirect."
                                    + " Empty: 403 or 302.");

    public static final Setting<Optional<String>> CONTENT_TYPE =
            Setting.optional(
                            "contentType",
                            "Content type",
                            text("[a-z]+/[a-z0-9.+-]{1,60}", "a media type without parameters"))
                    .help(
                            "Media type of the template; decides how variables are escaped. Empty:"
                                    + " application/json.");

    public static final Setting<Optional<String>> TEMPLATE =
            Setting.optional("template", "Template", text("(?s).{1,16000}", "1–16000 characters"))
                    .help(
                            "The body. Variables: ${reason}, ${message}, ${rule}, ${method},"
                                    + " ${path}, ${correlationId}.");

    public static final Setting<Optional<String>> URL =
            Setting.optional(
                            "url",
                            "URL",
                            text(
                                    "(https?://|/(?!/))[!-~&&[^\\\\]]{0,2000}",
                                    "an http or https URL, or a path that begins with one '/'"))
                    .help("Where a redirect goes: absolute, or a path on the gateway's host.");

    private static final List<Setting<?>> SETTINGS =
            List.of(NAME, TYPE, STATUS, CONTENT_TYPE, TEMPLATE, URL);

    public RejectionHandlerFactory() {
        super(
                PROVIDER_ID,
                "How a caller is answered whose request was not approved.",
                NAME,
                SETTINGS,
                List.of(NAME, TYPE, STATUS));
    }

    @Override
    protected void check(KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        if (NAME.of(model).filter(RejectionHandlers.BUILT_IN::containsKey).isPresent()) {
            throw NAME.refused("is the name of a built-in handler");
        }
        boolean redirect = TYPE.of(model) == HandlerType.REDIRECT;
        if (redirect && !URL.isSet(model)) {
            throw URL.refused("is required for a redirect");
        }
        if (!redirect && !TEMPLATE.isSet(model)) {
            throw TEMPLATE.refused("is required for an error template");
        }
        STATUS.of(model).ifPresent(status -> requireStatus(redirect, status));
    }

    private static void requireStatus(boolean redirect, int status) {
        if (redirect ? !REDIRECTS.contains(status) : status < FIRST_ERROR) {
            throw STATUS.refused(
                    "must be " + (redirect ? "302, 303 or 307" : FIRST_ERROR + "–" + LAST_ERROR));
        }
    }
}

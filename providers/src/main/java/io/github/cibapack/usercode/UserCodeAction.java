// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.usercode;

import io.github.cibapack.text.Texts;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.theme.Theme;

/**
 * The page on which a user sets the code: {@code kc_action=ciba-user-code}, a link in the account
 * console's list of credentials, or an action that an admin requires.
 */
final class UserCodeAction implements RequiredActionProvider, CredentialRegistrator {
    private static final String TEMPLATE = "ciba-user-code.ftl";
    private static final String CODE_FIELD = "user-code";
    private static final String AGAIN_FIELD = "user-code-confirm";
    private static final String PROBLEM = "problem";

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        // no user needs a code before a client requires one
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        context.challenge(page(context, Optional.empty()));
    }

    @Override
    public void processAction(RequiredActionContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        Optional<String> code = UserCode.normalize(form.getFirst(CODE_FIELD));
        if (code.isEmpty()) {
            context.challenge(page(context, Optional.of("cibaUserCodeInvalid")));
        } else if (!code.equals(UserCode.normalize(form.getFirst(AGAIN_FIELD)))) {
            context.challenge(page(context, Optional.of("cibaUserCodeMismatch")));
        } else {
            new UserCodeCredentialProvider(context.getSession())
                    .set(context.getRealm(), context.getUser(), code.get());
            context.getEvent()
                    .event(EventType.UPDATE_CREDENTIAL)
                    .detail(Details.CREDENTIAL_TYPE, UserCodeCredentialProvider.TYPE);
            context.success();
        }
    }

    private static Response page(RequiredActionContext context, Optional<String> problem) {
        KeycloakSession session = context.getSession();
        Locale locale = session.getContext().resolveLocale(context.getUser(), Theme.Type.LOGIN);
        Map<String, String> text =
                Texts.of(session, Theme.Type.LOGIN, locale).substituted(Map.of());
        return context.form()
                .setAttribute("text", text)
                .setAttribute(PROBLEM, problem.map(text::get).orElse(""))
                .createForm(TEMPLATE);
    }

    @Override
    public String getCredentialType(
            KeycloakSession session, AuthenticationSessionModel authenticationSession) {
        return UserCodeCredentialProvider.TYPE;
    }

    @Override
    public void close() {
        // holds nothing
    }
}

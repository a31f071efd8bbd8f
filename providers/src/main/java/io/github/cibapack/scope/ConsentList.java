// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import io.github.cibapack.text.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrderedModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.rar.AuthorizationDetails;

/**
 * The list of what a person consents to. It equals the list of Keycloak's consent screen for this
 * user, client and scope parameter without earlier consents: requested and default scopes, the
 * client's own entry, parameters filled in, without scopes that an admin has hidden there. It says
 * more than Keycloak's in one thing: which users, clients and organizations are meant, by name.
 */
public final class ConsentList {
    private static final Comparator<AuthorizationDetails> GUI_ORDER =
            Comparator.comparing(
                    AuthorizationDetails::getClientScope,
                    new OrderedModel.OrderedModelComparator<>());

    private final KeycloakSession session;
    private final ClientModel client;
    private final UserModel user;
    private final ScopeParameters parameters = ScopeParameters.here();

    public ConsentList(KeycloakSession session, ClientModel client, UserModel user) {
        this.session = session;
        this.client = client;
        this.user = user;
    }

    /**
     * The entries in Keycloak's order. Entries with equal texts are not merged.
     *
     * @param scope the scope parameter
     * @param texts of the login theme, where Keycloak's consent texts are
     */
    public List<String> of(String scope, Texts texts) {
        return new ClientInContext(session, client).call(() -> inContext(scope, texts));
    }

    private List<String> inContext(String scope, Texts texts) {
        return granted(scope)
                .filter(entry -> entry.getClientScope().isDisplayOnConsentScreen())
                .sorted(GUI_ORDER)
                .map(entry -> text(entry, scope, texts))
                .toList();
    }

    /** As {@code AuthenticationManager.getClientScopeModelStream} does for a login session. */
    private Stream<AuthorizationDetails> granted(String scope) {
        if (parameters.areOn()) {
            return parameters.consented(session, client, scope);
        }
        RealmModel realm = session.getContext().getRealm();
        // by id, as a login session keeps them: of an organization's scope there is one
        Set<String> ids =
                TokenManager.getRequestedClientScopes(session, scope, client, user)
                        .map(ClientScopeModel::getId)
                        .collect(Collectors.toSet());
        return ids.stream()
                .map(id -> KeycloakModelUtils.findClientScopeById(realm, client, id))
                .filter(Objects::nonNull)
                .map(AuthorizationDetails::new);
    }

    /**
     * Never empty, whatever the admin's text says: every granted scope is named, and so is a
     * parameter without a placeholder in the text.
     */
    private String text(AuthorizationDetails entry, String requested, Texts texts) {
        ClientScopeModel scope = entry.getClientScope();
        String written = scope.getConsentScreenText();
        Optional<String> asked = parameters.parameterOf(entry);
        if (asked.isEmpty()) {
            String text = named(texts.resolve(written), scope);
            List<String> organizations = new OrganizationNames(session, user).of(scope, requested);
            return organizations.isEmpty() ? text : text + ": " + String.join(", ", organizations);
        }
        String parameter = parameters.shown(session, entry, asked.get(), user, texts);
        String filled = texts.resolve(written, parameter);
        boolean hasPlace = !filled.equals(texts.resolve(written, parameter + parameter));
        return named(hasPlace ? filled : filled + ": " + parameter, scope);
    }

    private static String named(String text, ClientScopeModel scope) {
        return Texts.shown(text).orElseGet(() -> Texts.name(scope.getName()));
    }
}

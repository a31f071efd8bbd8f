// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import static io.github.cibapack.policy.SettingForm.anyOf;
import static io.github.cibapack.policy.SettingForm.choiceOrNone;
import static io.github.cibapack.policy.SettingForm.flag;
import static io.github.cibapack.policy.SettingForm.integer;
import static io.github.cibapack.policy.SettingForm.ofOne;

import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.spi.WithoutLifeCycle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.ui.extend.UiTabProvider;
import org.keycloak.services.ui.extend.UiTabProviderFactory;

/**
 * A tab of the console's realm settings with the pack's realm attributes. The console keeps what a
 * tab shows in a component; the attributes are what holds. So the component is a copy of them: it
 * is made anew whenever the realm is saved, and on saving the tab a field that was not touched
 * takes over what its attribute says.
 */
public final class RealmSettingsTabFactory
        implements UiTabProviderFactory<ComponentModel>, WithoutLifeCycle<UiTabProvider> {
    public static final String PROVIDER_ID = "ciba-realm";

    static final String PROVIDER_TYPE = UiTabProvider.class.getName();

    /** Realm attribute: {@code true} to have the endpoints in the realm's own document. */
    public static final String ADVERTISE = "ciba.advertise";

    /** Realm attribute: whether a hint token without {@code jti} is good for one use. */
    public static final String HINT_TOKEN_SINGLE_USE = "ciba.login-hint-token.single-use";

    /** Realm attribute: for how long an expired ID token may be a hint. */
    public static final String ID_TOKEN_MAX_AGE = "ciba.id-token-hint.max-age-after-expiry";

    /** How long that is where the realm does not say, in seconds. */
    public static final int ID_TOKEN_DEFAULT_MAX_AGE = 24 * 3600;

    private static final int YEAR = 365 * 24 * 3600;

    private static final Setting<Optional<String>> LOGIN_CLIENT =
            Setting.optional(
                            "loginClient",
                            "Login client",
                            ofOne(ProviderConfigProperty.CLIENT_LIST_TYPE, "a client ID", id -> id))
                    .help(
                            "The client through which people sign in on the approval page and to"
                                    + " their list of requests. Empty: no sign-in there.");

    static final List<RealmSetting> SETTINGS =
            List.of(
                    new RealmSetting(LoginClient.REALM_ATTRIBUTE, LOGIN_CLIENT),
                    new RealmSetting(
                            CibaPolicies.CHANNEL_ATTRIBUTE,
                            Setting.optional(
                                            "channel",
                                            "Channel",
                                            choiceOrNone(
                                                    CibaPolicies.channelsOfRealms().stream()
                                                            .map(ChannelType::value)
                                                            .toList()))
                                    .help(
                                            "How users are reached if no CIBA policy names"
                                                    + " channels. Empty: http if the server has the"
                                                    + " address of Keycloak's HTTP channel, else"
                                                    + " email.")),
                    new RealmSetting(
                            CibaPolicies.HIDE_USERS_ATTRIBUTE,
                            Setting.named("hideUsers", "Hide users", flag(), false)
                                    .help(
                                            "All requests hide who exists, even if their CIBA"
                                                    + " policy does not.")),
                    new RealmSetting(
                            LoginHintForm.REALM_ATTRIBUTE,
                            Setting.named(
                                            "loginHintForms",
                                            "Forms of a login_hint",
                                            anyOf(LoginHintForm.class),
                                            List.copyOf(LoginHintForm.DEFAULT))
                                    .help("What a login_hint may be. Empty: username and email.")),
                    new RealmSetting(
                            HINT_TOKEN_SINGLE_USE,
                            Setting.named(
                                            "hintTokenSingleUse",
                                            "Hint tokens are used once",
                                            flag(),
                                            false)
                                    .help("Whether a hint token without jti is good for one use.")),
                    new RealmSetting(
                            ID_TOKEN_MAX_AGE,
                            Setting.named(
                                            "idTokenHintMaxAge",
                                            "Expired ID tokens as hints",
                                            integer(0, YEAR),
                                            ID_TOKEN_DEFAULT_MAX_AGE)
                                    .in("seconds")
                                    .help("For how long after its end an ID token may be a hint.")),
                    new RealmSetting(
                            ADVERTISE,
                            Setting.named("advertise", "Advertise the endpoints", flag(), false)
                                    .help(
                                            "The realm's discovery document names the endpoints"
                                                    + " under 'as' in place of Keycloak's own.")),
                    new RealmSetting(
                            OutboundClient.ALLOW_HTTP,
                            Setting.named("outboundAllowHttp", "Call http URLs", flag(), false)
                                    .help("Whether the server may call URLs without TLS.")),
                    new RealmSetting(
                            OutboundClient.ALLOW_PRIVATE,
                            Setting.named(
                                            "outboundAllowPrivate",
                                            "Call private addresses",
                                            flag(),
                                            false)
                                    .help(
                                            "Whether the server may call addresses of its own"
                                                    + " network.")));

    /** Brings the realm's tab, if it has one, up to date with the attributes. */
    static void refresh(RealmModel realm) {
        tabsOf(realm)
                // the stored one is shared
                .map(ComponentModel::new)
                .filter(tab -> read(realm, tab))
                .toList()
                .forEach(realm::updateComponent);
    }

    private static boolean read(RealmModel realm, ComponentModel tab) {
        // each of them, whatever the others have found
        return SETTINGS.stream().filter(setting -> setting.read(realm, tab)).count() > 0;
    }

    private static Stream<ComponentModel> tabsOf(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), PROVIDER_TYPE)
                .filter(component -> PROVIDER_ID.equals(component.getProviderId()));
    }

    @Override
    public void validateConfiguration(
            KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        if (!SettingsComponentFactory.isSavedByItself(session)) {
            // of a realm that is imported or saved, the attributes are what is meant
            read(realm, model);
            return;
        }
        try {
            requireOnlyOne(realm, model);
            takeOver(realm, model);
            for (RealmSetting setting : SETTINGS) {
                setting.field().validate(model);
            }
            requireLoginClient(realm, model);
        } catch (ComponentValidationException e) {
            throw SettingsComponentFactory.shown(e);
        }
    }

    private static void requireOnlyOne(RealmModel realm, ComponentModel model) {
        if (tabsOf(realm).anyMatch(other -> !other.getId().equals(model.getId()))) {
            throw new ComponentValidationException(
                    "The realm has these settings already: change those");
        }
    }

    /** What the form has left as it was, or as it is by default, is as the attribute says. */
    private static void takeOver(RealmModel realm, ComponentModel model) {
        ComponentModel before =
                tabsOf(realm)
                        .filter(tab -> tab.getId().equals(model.getId()))
                        .findFirst()
                        .orElseGet(ComponentModel::new);
        SETTINGS.stream()
                .filter(setting -> setting.isSame(model, before))
                .forEach(setting -> setting.read(realm, model));
    }

    private static void requireLoginClient(RealmModel realm, ComponentModel model) {
        if (LOGIN_CLIENT
                .of(model)
                .filter(id -> LoginClient.named(realm, id).isEmpty())
                .isPresent()) {
            throw LOGIN_CLIENT.refused(
                    "must be an enabled OpenID Connect client with the standard flow");
        }
    }

    @Override
    public void onCreate(KeycloakSession session, RealmModel realm, ComponentModel model) {
        SETTINGS.forEach(setting -> setting.write(model, realm));
    }

    @Override
    public void onUpdate(
            KeycloakSession session,
            RealmModel realm,
            ComponentModel oldModel,
            ComponentModel newModel) {
        SETTINGS.forEach(setting -> setting.write(newModel, realm));
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return SETTINGS.stream().map(setting -> setting.field().property()).toList();
    }

    @Override
    public String getPath() {
        return "/:realm/realm-settings/:tab?";
    }

    @Override
    public Map<String, String> getParams() {
        return Map.of("tab", "ciba");
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getHelpText() {
        return "What holds for CIBA in the whole realm.";
    }
}

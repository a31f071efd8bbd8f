// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import io.github.cibapack.policy.Setting;
import io.github.cibapack.policy.SettingsComponentFactory;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;

/** A one-time authorization rule of a realm. */
public final class OneTimeRule {
    /** Below this path of the realm rules are called, by their names. */
    public static final String CHECKS = "one-time-authorization";

    private static final String USUAL_MESSAGE = "Approve ${method} ${path}${query}";
    private static final String USUAL_TYPE = "request_body";
    private static final String SUBJECT = "sub";

    private final ComponentModel component;

    private OneTimeRule(ComponentModel component) {
        this.component = component;
    }

    /**
     * The rule of a component.
     *
     * @throws io.github.cibapack.policy.InvalidSettingException if a newer version of the pack has
     *     written it
     */
    static OneTimeRule of(ComponentModel component) {
        return new OneTimeRule(SettingsComponentFactory.requireKnownSchema(component));
    }

    public static Optional<OneTimeRule> named(RealmModel realm, String name) {
        return SettingsComponentFactory.ofRealm(
                        realm, OneTimeRuleFactory.PROVIDER_ID, OneTimeRuleFactory.NAME, name)
                .findFirst()
                .map(OneTimeRule::of);
    }

    public static Optional<OneTimeRule> withId(RealmModel realm, String id) {
        return SettingsComponentFactory.ofRealm(realm, OneTimeRuleFactory.PROVIDER_ID)
                .filter(component -> id.equals(component.getId()))
                .findFirst()
                .map(OneTimeRule::of);
    }

    public String id() {
        return component.getId();
    }

    public String name() {
        return get(OneTimeRuleFactory.NAME).orElse("");
    }

    /**
     * The value of a setting.
     *
     * @throws io.github.cibapack.policy.InvalidSettingException where the stored value cannot be
     */
    public <T> T get(Setting<T> setting) {
        return setting.of(component);
    }

    public String clientId() {
        return get(OneTimeRuleFactory.CLIENT_ID).orElseThrow();
    }

    /** The claim that identifies the user who is asked. */
    public String hintClaim() {
        return get(OneTimeRuleFactory.LOGIN_HINT_ATTRIBUTE).orElse(SUBJECT);
    }

    public boolean asksCaller() {
        return SUBJECT.equals(hintClaim());
    }

    public QuestionTemplate question() {
        return QuestionTemplate.of(get(OneTimeRuleFactory.BINDING_MESSAGE).orElse(USUAL_MESSAGE));
    }

    /** The fields of a JSON body that the user is shown besides. */
    public List<BodyField> bodyFields() {
        return get(OneTimeRuleFactory.BODY_FIELDS).map(BodyField::list).orElse(List.of());
    }

    /** Under which type they are shown. */
    public String bodyType() {
        return get(OneTimeRuleFactory.BODY_TYPE).orElse(USUAL_TYPE);
    }

    /** Which JSON bodies need an approval; empty if all do. */
    public Optional<BodyCondition> bodyCondition() {
        return get(OneTimeRuleFactory.BODY_CONDITION).map(BodyCondition::of);
    }

    /** The scopes to ask for, {@code openid} first. */
    public String scope() {
        Set<String> scopes = new LinkedHashSet<>(Set.of(OAuth2Constants.SCOPE_OPENID));
        get(OneTimeRuleFactory.SCOPES)
                .ifPresent(list -> scopes.addAll(Arrays.asList(list.trim().split(" +"))));
        return String.join(" ", scopes);
    }

    /** Whether another server asks the user, so that calls take time. */
    public boolean usesRemoteProvider() {
        return get(OneTimeRuleFactory.TOKEN_PROVIDER).isPresent();
    }

    /** Whether checks wait for the decision. */
    public boolean holds() {
        return get(OneTimeRuleFactory.MODE) == WaitMode.HOLD;
    }

    /** The handler that a rejection is answered with. */
    public Rejection rejection(RealmModel realm, Setting<Optional<String>> handler) {
        RejectionHandlers handlers = new RejectionHandlers(realm);
        return get(handler)
                .flatMap(handlers::find)
                .orElseGet(() -> RejectionHandlers.BUILT_IN.get(RejectionHandlers.API));
    }
}

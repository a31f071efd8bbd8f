// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.BINDING_MESSAGE;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.BODY_FIELDS;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.CLIENT_ID;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.CLIENT_SECRET;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.CREDENTIALS_TYPE;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.DENY_HANDLER;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.GATEWAY_CERTIFICATE;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.GATEWAY_SECRET;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.KEY_PAIR;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.LOGIN_HINT_ATTRIBUTE;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.NAME;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.NO_RULE;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.TIMEOUT_HANDLER;
import static io.github.cibapack.onetime.rule.OneTimeRuleFactory.TOKEN_PROVIDER;

import io.github.cibapack.jwt.RealmKeys;
import io.github.cibapack.policy.Setting;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/** What the settings of a one-time rule mean together. */
final class OneTimeRuleChecks {

    /** What stands in a gateway's configuration needs no quoting there. */
    private static final Pattern UNQUOTED = Pattern.compile("[A-Za-z0-9._~-]+");

    private OneTimeRuleChecks() {}

    /** As far as the rule alone tells. */
    static void check(ComponentModel model) throws ComponentValidationException {
        refuseValue(NAME, model, NO_RULE::equals, "cannot be '-'");
        require(CLIENT_ID, model, "is required");
        if (!GATEWAY_CERTIFICATE.isSet(model)) {
            require(
                    GATEWAY_SECRET,
                    model,
                    "or 'gatewayCertificate' is required: only the gateway may ask");
        }
        refuseValue(
                GATEWAY_SECRET,
                model,
                secret -> !UNQUOTED.matcher(secret).matches(),
                "may have letters, digits and . _ ~ - only");
        refuseFault(
                BINDING_MESSAGE,
                BINDING_MESSAGE.of(model).flatMap(text -> QuestionTemplate.of(text).fault()));
        refuseFault(BODY_FIELDS, BODY_FIELDS.of(model).flatMap(BodyField::fault));
        if (TOKEN_PROVIDER.isSet(model)) {
            checkWithTokenProvider(model);
        }
    }

    private static void checkWithTokenProvider(ComponentModel model) {
        if (BODY_FIELDS.isSet(model)) {
            throw BODY_FIELDS.refused(
                    "cannot be used with 'tokenProvider': another server shows the binding message"
                            + " alone");
        }
        require(
                LOGIN_HINT_ATTRIBUTE,
                model,
                "is required with 'tokenProvider': another server does not know this realm's users"
                        + " by their ids");
        if (CREDENTIALS_TYPE.of(model) == CredentialsType.SECRET) {
            require(CLIENT_SECRET, model, "is required with 'tokenProvider'");
        }
    }

    static void checkNames(RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        if (!TOKEN_PROVIDER.isSet(model)) {
            requireClient(realm, CLIENT_ID.of(model).orElseThrow());
        }
        RejectionHandlers handlers = new RejectionHandlers(realm);
        Predicate<String> isNoHandler = name -> handlers.find(name).isEmpty();
        refuseValue(TIMEOUT_HANDLER, model, isNoHandler, "names no rejection handler");
        refuseValue(DENY_HANDLER, model, isNoHandler, "names no rejection handler");
        refuseValue(
                KEY_PAIR,
                model,
                name -> !RealmKeys.exists(realm, name),
                "names no key provider of the realm");
    }

    private static void requireClient(RealmModel realm, String clientId) {
        ClientModel client = realm.getClientByClientId(clientId);
        if (client == null) {
            throw CLIENT_ID.refused("names no client");
        }
        if (!realm.getCibaPolicy().isOIDCCIBAGrantEnabled(client)) {
            throw CLIENT_ID.refused("names a client without the CIBA grant");
        }
    }

    private static void require(Setting<?> setting, ComponentModel model, String rule) {
        if (!setting.isSet(model)) {
            throw setting.refused(rule);
        }
    }

    private static void refuseValue(
            Setting<Optional<String>> setting,
            ComponentModel model,
            Predicate<String> isRefused,
            String rule) {
        if (setting.of(model).filter(isRefused).isPresent()) {
            throw setting.refused(rule);
        }
    }

    private static void refuseFault(Setting<?> setting, Optional<String> fault) {
        if (fault.isPresent()) {
            throw setting.refused("is wrong: " + fault.get());
        }
    }
}

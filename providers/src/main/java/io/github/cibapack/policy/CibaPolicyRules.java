// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import static io.github.cibapack.policy.CibaPolicyFactory.ALLOW_LONG_LIVED;
import static io.github.cibapack.policy.CibaPolicyFactory.APPROVAL_LEVEL;
import static io.github.cibapack.policy.CibaPolicyFactory.APPROVAL_MODE;
import static io.github.cibapack.policy.CibaPolicyFactory.CHANNELS;
import static io.github.cibapack.policy.CibaPolicyFactory.CHANNEL_DELAYS;
import static io.github.cibapack.policy.CibaPolicyFactory.CLIENTS;
import static io.github.cibapack.policy.CibaPolicyFactory.EXPIRES_IN;
import static io.github.cibapack.policy.CibaPolicyFactory.HIDE_USERS;
import static io.github.cibapack.policy.CibaPolicyFactory.MAX_EXPIRES_IN;
import static io.github.cibapack.policy.CibaPolicyFactory.NOTIFICATION_POLICY;
import static io.github.cibapack.policy.CibaPolicyFactory.SYNCHRONOUS_SENDING;
import static io.github.cibapack.policy.CibaPolicyFactory.TEMPLATES;
import static io.github.cibapack.policy.CibaPolicyFactory.TRUSTED_ISSUERS;
import static io.github.cibapack.policy.CibaPolicyFactory.USUAL_LIFE;
import static io.github.cibapack.policy.CibaPolicyFactory.VARIANTS;
import static io.github.cibapack.policy.CibaPolicyFactory.WEBHOOK_SECRET;
import static io.github.cibapack.policy.CibaPolicyFactory.WEBHOOK_URL;

import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.outbound.OutboundException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What the settings of a CIBA policy must be to each other, and to the realm. */
final class CibaPolicyRules {
    private CibaPolicyRules() {}

    /** Checks what one setting says of another, and addresses as far as their text tells. */
    static void check(OutboundClient outbound, List<Setting<?>> settings, ComponentModel model)
            throws ComponentValidationException {
        requireLifetimes(model);
        requireChannels(model);
        requireCallable(outbound, settings, model);
        if (HIDE_USERS.of(model) && SYNCHRONOUS_SENDING.of(model)) {
            throw HIDE_USERS.refused(
                    "cannot go with synchronousSending: the time of the answer would tell who"
                            + " exists");
        }
        if (WEBHOOK_URL.isSet(model) && !WEBHOOK_SECRET.isSet(model)) {
            throw WEBHOOK_SECRET.refused("is required with an event webhook URL");
        }
        if (APPROVAL_LEVEL.isSet(model) && !asksForLogin(model)) {
            throw APPROVAL_LEVEL.refused("needs approvalMode to be login");
        }
        for (Variant variant : VARIANTS.of(model)) {
            ComponentModel merged = variant.over(model);
            if (APPROVAL_LEVEL.isSet(merged) && !asksForLogin(merged)) {
                throw VARIANTS.refused(
                        "can have an approvalLevel with approvalMode=login only: variant "
                                + variant.name());
            }
        }
    }

    static void checkNames(KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        for (String clientId : CLIENTS.of(model)) {
            if (realm.getClientByClientId(clientId) == null) {
                throw CLIENTS.refused("must name clients: there is no client '" + clientId + "'");
            }
        }
        NOTIFICATION_POLICY
                .of(model)
                .ifPresent(
                        name -> requireNotificationPolicy(new NotificationPolicies(realm), name));
        requireTemplates(session, TEMPLATES, TEMPLATES.of(model), "");
        requireLevel(realm, APPROVAL_LEVEL, APPROVAL_LEVEL.of(model), "");
        for (Variant variant : VARIANTS.of(model)) {
            ComponentModel merged = variant.over(model);
            String which = ": variant " + variant.name();
            requireTemplates(session, VARIANTS, TEMPLATES.of(merged), which);
            requireLevel(realm, VARIANTS, APPROVAL_LEVEL.of(merged), which);
        }
    }

    private static void requireNotificationPolicy(NotificationPolicies policies, String name) {
        Set<String> names = policies.names();
        if (!names.contains(name)) {
            throw NOTIFICATION_POLICY.refused(
                    "must be one of " + names.stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    private static void requireTemplates(
            KeycloakSession session, Setting<?> setting, Optional<String> pair, String where) {
        if (pair.filter(name -> !TemplatePair.exists(session, name)).isPresent()) {
            throw setting.refused(
                    "must name templates: the realm's email theme does not have "
                            + String.join(", ", TemplatePair.files(pair.get()))
                            + where);
        }
    }

    private static void requireLevel(
            RealmModel realm, Setting<?> setting, Optional<String> level, String where) {
        if (level.filter(acr -> !LoginClient.isLevel(realm, acr)).isPresent()) {
            throw setting.refused(
                    "must be a number or an ACR that the realm or its login client maps to a"
                            + " level of authentication"
                            + where);
        }
    }

    private static boolean asksForLogin(ComponentModel model) {
        return APPROVAL_MODE.of(model) == ApprovalMode.LOGIN;
    }

    private static void requireLifetimes(ComponentModel model) {
        for (Setting<Integer> lifetime : List.of(EXPIRES_IN, MAX_EXPIRES_IN)) {
            if (lifetime.of(model) > USUAL_LIFE && !ALLOW_LONG_LIVED.of(model)) {
                throw lifetime.refused("must be at most " + USUAL_LIFE + " without allowLongLived");
            }
        }
        if (EXPIRES_IN.of(model) > MAX_EXPIRES_IN.of(model)) {
            throw EXPIRES_IN.refused("must not be more than maxExpiresIn");
        }
    }

    private static void requireChannels(ComponentModel model) {
        List<ChannelType> channels = CHANNELS.of(model);
        for (ChannelType channel : channels) {
            for (Setting<?> setting : channel.required()) {
                if (!setting.isSet(model)) {
                    throw setting.refused("is required with channel " + channel.value());
                }
            }
        }
        Optional<String> flaw = CHANNEL_DELAYS.of(model).flaw(channels);
        if (flaw.isPresent()) {
            throw CHANNEL_DELAYS.refused(flaw.get());
        }
    }

    /** As far as a URL's text tells; its address is judged when it is called. */
    private static void requireCallable(
            OutboundClient outbound, List<Setting<?>> settings, ComponentModel model) {
        for (Setting<?> setting : settings) {
            if (setting.isUrl()) {
                setting.stored(model).ifPresent(url -> requireCallable(outbound, setting, url));
            }
        }
        TRUSTED_ISSUERS
                .of(model)
                .values()
                .forEach(url -> requireCallable(outbound, TRUSTED_ISSUERS, url));
    }

    private static void requireCallable(OutboundClient outbound, Setting<?> setting, String url) {
        try {
            outbound.requireAllowed(url);
        } catch (OutboundException e) {
            throw setting.refused(
                    e.failure() == OutboundException.Failure.SCHEME_NOT_ALLOWED
                            ? "must begin with https:// in a realm without"
                                    + " ciba.outbound.allow-http"
                            : "must be a URL with a host and without user information");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Named CIBA policies: provider id {@code ciba-policy}. */
public final class CibaPolicyFactory extends SettingsComponentFactory {
    public static final String PROVIDER_ID = "ciba-policy";

    public static final Setting<Optional<String>> NAME =
            Setting.text(
                    "name",
                    "Name",
                    "The name by which a client's list and acr_values refer to the policy.",
                    Setting.NAME,
                    "1–64 of a–z, 0–9 and -");

    public static final Setting<List<Channel>> CHANNELS =
            Setting.choices(
                    "channels",
                    "Channels",
                    "How the user is reached: the first one named. Empty: what the realm says.",
                    Channel.class,
                    List.of());

    public static final Setting<Integer> EXPIRES_IN =
            Setting.integer(
                    "expiresIn",
                    "Expires in",
                    "Lifetime of a request in seconds, where the relying party asks for none.",
                    120,
                    10,
                    86_400);

    public static final Setting<Integer> MAX_EXPIRES_IN =
            Setting.integer(
                    "maxExpiresIn",
                    "Longest lifetime",
                    "The longest lifetime in seconds that a relying party can ask for.",
                    3600,
                    10,
                    86_400);

    public static final Setting<Integer> INTERVAL =
            Setting.integer(
                    "interval", "Interval", "Least time between two polls in seconds.", 2, 1, 60);

    public static final Setting<Boolean> GROWING_SLOW_DOWN =
            Setting.flag(
                    "growingSlowDown",
                    "Growing slow-down",
                    "Each poll that comes too early makes the interval of its request 5 seconds"
                            + " longer, up to 30 seconds.",
                    false);

    public static final Setting<ApprovalMode> APPROVAL_MODE =
            Setting.choice(
                    "approvalMode",
                    "Approval mode",
                    "link: whoever has the link decides. login: the person must be signed in as"
                            + " the user.",
                    ApprovalMode.class,
                    ApprovalMode.LINK);

    public static final Setting<Optional<String>> APPROVAL_LEVEL =
            Setting.text(
                    "approvalLevel",
                    "Approval level",
                    "The ACR that the login must reach after the request was made. Only with"
                            + " approval mode 'login'.",
                    Pattern.compile("[!-~]{1,64}"),
                    "1–64 printable ASCII characters without spaces");

    public static final Setting<Boolean> NUMBER_MATCHING =
            Setting.flag(
                    "numberMatching",
                    "Number matching",
                    "The relying party shows a number, the user picks it on the page. For clients"
                        + " with attribute ciba.number.matching=true; the acknowledgement carries"
                        + " the number.",
                    false);

    public static final Setting<Integer> REPORT_BLOCK_MINUTES =
            Setting.integer(
                    "reportBlockMinutes",
                    "Block after a report",
                    "Minutes for which a client cannot ask a user who has said 'I did not start"
                            + " this'.",
                    15,
                    1,
                    1440);

    public static final Setting<Boolean> SYNCHRONOUS_SENDING =
            Setting.flag(
                    "synchronousSending",
                    "Send before answering",
                    "Answer the relying party only when the mail server has taken the mail. Each"
                            + " request then waits for the mail server, and there is one try.",
                    false);

    public static final Setting<Optional<String>> NOTIFICATION_POLICY =
            Setting.text(
                    "notificationPolicy",
                    "Notification policy",
                    "Name of the policy that limits e-mails and pending requests. Empty: the"
                            + " realm's default.",
                    Pattern.compile("[^\\p{Cc}\\p{Zl}\\p{Zp}]{1,256}"),
                    "1–256 characters on one line");

    public static final Setting<Boolean> HIDE_USERS =
            Setting.flag(
                    "hideUsers",
                    "Hide users",
                    "Answer every request whose user cannot be asked as if there were one: it"
                            + " stays pending until it expires. For all policies of a realm: realm"
                            + " attribute ciba.hide-users.",
                    false);

    public static final Setting<Optional<String>> WEBHOOK_URL =
            Setting.text(
                    "webhookUrl",
                    "Webhook URL",
                    "Where the events of this policy's requests are sent as signed JSON. Empty:"
                            + " nowhere.",
                    Pattern.compile("https?://[!-~]{1,2000}"),
                    "an http or https URL");

    public static final Setting<Optional<String>> WEBHOOK_SECRET =
            Setting.secret(
                    "webhookSecret",
                    "Webhook secret",
                    "What the webhook's calls are signed with. Required with a URL.",
                    16);

    private static final List<Setting<?>> SETTINGS =
            List.of(
                    NAME,
                    CHANNELS,
                    EXPIRES_IN,
                    MAX_EXPIRES_IN,
                    INTERVAL,
                    GROWING_SLOW_DOWN,
                    APPROVAL_MODE,
                    APPROVAL_LEVEL,
                    NUMBER_MATCHING,
                    REPORT_BLOCK_MINUTES,
                    SYNCHRONOUS_SENDING,
                    NOTIFICATION_POLICY,
                    HIDE_USERS,
                    WEBHOOK_URL,
                    WEBHOOK_SECRET);

    @Override
    public List<Setting<?>> settings() {
        return SETTINGS;
    }

    @Override
    protected Setting<Optional<String>> nameSetting() {
        return NAME;
    }

    @Override
    protected List<Setting<?>> columns() {
        return List.of(NAME, CHANNELS, APPROVAL_MODE, EXPIRES_IN, INTERVAL, NOTIFICATION_POLICY);
    }

    @Override
    public void validateConfiguration(
            KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        super.validateConfiguration(session, realm, model);
        if (HIDE_USERS.of(model) && SYNCHRONOUS_SENDING.of(model)) {
            throw new ComponentValidationException(
                    HIDE_USERS.label()
                            + " (hideUsers) cannot go with 'synchronousSending': the time of the"
                            + " answer would tell who exists");
        }
        if (WEBHOOK_URL.isSet(model) && !WEBHOOK_SECRET.isSet(model)) {
            throw new ComponentValidationException(
                    WEBHOOK_SECRET.label() + " (webhookSecret) is required with a webhook URL");
        }
        if (EXPIRES_IN.of(model) > MAX_EXPIRES_IN.of(model)) {
            throw new ComponentValidationException(
                    EXPIRES_IN.label() + ": must not be more than '" + MAX_EXPIRES_IN.key() + "'");
        }
        if (APPROVAL_LEVEL.isSet(model) && APPROVAL_MODE.of(model) != ApprovalMode.LOGIN) {
            throw new ComponentValidationException(
                    APPROVAL_LEVEL.label() + ": needs '" + APPROVAL_MODE.key() + "' to be 'login'");
        }
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getHelpText() {
        return "What happens when a relying party asks for a user's approval.";
    }
}

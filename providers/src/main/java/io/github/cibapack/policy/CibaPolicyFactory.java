// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import static io.github.cibapack.policy.SettingForm.anyOf;
import static io.github.cibapack.policy.SettingForm.choice;
import static io.github.cibapack.policy.SettingForm.flag;
import static io.github.cibapack.policy.SettingForm.integer;
import static io.github.cibapack.policy.SettingForm.lines;
import static io.github.cibapack.policy.SettingForm.ofOne;
import static io.github.cibapack.policy.SettingForm.secret;
import static io.github.cibapack.policy.SettingForm.sequence;
import static io.github.cibapack.policy.SettingForm.text;
import static io.github.cibapack.policy.SettingForm.url;

import io.github.cibapack.outbound.OutboundClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/** Named CIBA policies: provider id {@code ciba-policy}. */
public final class CibaPolicyFactory extends SettingsComponentFactory {
    public static final String PROVIDER_ID = "ciba-policy";

    /** The longest lifetime without {@link #ALLOW_LONG_LIVED}, in seconds. */
    static final int USUAL_LIFE = 3600;

    private static final SettingForm<Integer> LIFETIME =
            integer(10, 86_400, "10–3600; up to 86400 with allowLongLived");
    private static final SettingForm<String> SHORT_NAME =
            text(Setting.NAME, "1–64 of a–z, 0–9 and -");
    private static final Words<ChannelType> ALL_CHANNELS =
            Words.of(ChannelType.all(), ChannelType::value);
    private static final Pattern URL = Pattern.compile("https?://[!-~]{1,2000}");
    private static final Pattern CLIENT_ID = Pattern.compile("[^\\p{Cc}]{1,255}");

    public static final Setting<Optional<String>> NAME =
            Setting.optional("name", "Name", SHORT_NAME)
                    .help("The name by which a client's list and acr_values refer to the policy.");

    public static final Setting<Integer> VERSION =
            Setting.named("version", "Version", integer(1, 999_999), 1)
                    .help(
                            "Policies with the same name are versions of one policy. A client that"
                                + " names the policy uses the highest version; a client that names"
                                + " 'name@version' uses that version.");

    public static final Setting<List<String>> CLIENTS =
            Setting.named(
                            "clients",
                            "Clients",
                            lines("client IDs of 1–255 characters", CibaPolicyFactory::clients),
                            List.<String>of())
                    .help(
                            "Client IDs of the clients that may use this version of the policy, as"
                                    + " if their attribute ciba.policies named it last. With number"
                                    + " matching, these clients must show the number.");

    public static final Setting<List<ChannelType>> CHANNELS =
            Setting.named("channels", "Channels", sequence(ALL_CHANNELS), List.of())
                    .help(
                            "How the user is reached, in order of preference: if one channel cannot"
                                    + " be used, the next one is. Empty: what the realm says. Of "
                                    + ALL_CHANNELS
                                    + ", separated by commas.");

    public static final Setting<ChannelDelays> CHANNEL_DELAYS =
            Setting.named(
                            "channelDelays",
                            "Channel delays",
                            new SettingForm<>(
                                    ProviderConfigProperty.STRING_TYPE,
                                    ChannelDelays.RANGE,
                                    List.of(),
                                    ChannelDelays::parse),
                            ChannelDelays.NONE)
                    .in("seconds")
                    .help(
                            "After how many seconds a further channel is used in addition, if the"
                                + " user has not decided by then: 'email=30'. A channel without a"
                                + " delay is used if the one before it fails.");

    public static final Setting<Optional<String>> TEMPLATES =
            Setting.optional("templates", "Templates", SHORT_NAME)
                    .help(
                            "Name of a pair of mail templates in the realm's email theme. A"
                                + " client's own pair is used in place of it. Empty: the built-in"
                                + " pair.");

    public static final Setting<Optional<String>> LOGO =
            Setting.optional(
                            "logo",
                            "Logo",
                            ofOne(ProviderConfigProperty.TEXT_TYPE, Logo.RANGE, Logo::parse))
                    .help(
                            "The picture on the page, for clients without one of their own"
                                    + " (attribute ciba.logo).");

    public static final Setting<Integer> EXPIRES_IN =
            Setting.named("expiresIn", "Expires in", LIFETIME, 120)
                    .in("seconds")
                    .help("Lifetime of a request in seconds, if the relying party asks for none.");

    public static final Setting<Integer> MAX_EXPIRES_IN =
            Setting.named("maxExpiresIn", "Longest lifetime", LIFETIME, USUAL_LIFE)
                    .in("seconds")
                    .help("The longest lifetime in seconds that a relying party can ask for.");

    public static final Setting<Boolean> ALLOW_LONG_LIVED =
            Setting.named("allowLongLived", "Allow long-lived requests", flag(), false)
                    .help(
                            "Allow lifetimes of more than an hour, up to a day. The link in the"
                                    + " mail works as long as its request lives.");

    public static final Setting<Integer> INTERVAL =
            Setting.named("interval", "Interval", integer(1, 60), 2)
                    .in("seconds")
                    .help("Least time between two polls in seconds.");

    public static final Setting<Boolean> GROWING_SLOW_DOWN =
            Setting.named("growingSlowDown", "Growing slow-down", flag(), false)
                    .help(
                            "Each poll that comes too early makes the interval of its request 5"
                                    + " seconds longer, up to 30 seconds.");

    public static final Setting<Integer> LONG_POLLING =
            Setting.named("longPolling", "Long polling", integer(0, 25), 0)
                    .in("seconds")
                    .help(
                            "How long a poll at as/token waits for the decision, in seconds, if the"
                                    + " relying party sends no header Prefer. 0: it is answered at"
                                    + " once.");

    public static final Setting<List<HintKind>> ALLOWED_HINTS =
            Setting.named(
                            "allowedHints",
                            "Allowed hints",
                            anyOf(HintKind.class),
                            List.of(HintKind.values()))
                    .help(
                            "The kinds of hints by which a relying party may name the user. Empty:"
                                    + " all.");

    public static final Setting<Map<String, String>> TRUSTED_ISSUERS =
            Setting.named(
                            "trustedIssuers",
                            "Trusted issuers",
                            lines(
                                    "lines of an issuer, a space and the URL of its JWKS",
                                    CibaPolicyFactory::issuers),
                            Map.<String, String>of())
                    .help(
                            "Who, besides the client, may sign a login_hint_token, and where the"
                                + " keys are. A client's own list (attribute"
                                + " ciba.login-hint-token.issuers) is used in place of this one.");

    public static final Setting<ApprovalMode> APPROVAL_MODE =
            Setting.named(
                            "approvalMode",
                            "Approval mode",
                            choice(ApprovalMode.class),
                            ApprovalMode.LINK)
                    .help(
                            "link: the link is enough. login: the person must be signed in as the"
                                + " user. login-if-second-factor: a login for users who have"
                                + " one-time codes, a passkey or recovery codes; for all others the"
                                + " link is enough.");

    public static final Setting<Optional<String>> APPROVAL_LEVEL =
            Setting.optional(
                            "approvalLevel",
                            "Approval level",
                            text("[!-~]{1,64}", "1–64 printable ASCII characters without spaces"))
                    .help(
                            "The ACR that the login must reach after the request was made. Only"
                                    + " with approval mode 'login'.");

    public static final Setting<NumberMatching> NUMBER_MATCHING =
            Setting.named(
                            "numberMatching",
                            "Number matching",
                            choice(
                                    NumberMatching.class,
                                    Map.of(
                                            "false",
                                            NumberMatching.OFF,
                                            "true",
                                            NumberMatching.PICK)),
                            NumberMatching.OFF)
                    .help(
                            "The relying party shows a number, which it gets with the"
                                + " acknowledgement. pick: the user picks it among three on the"
                                + " page. type: the user types it, which is harder to guess. A"
                                + " wrong number blocks the client as a report does. Applies to the"
                                + " clients that the policy lists, and to others with the attribute"
                                + " ciba.number.matching=true.");

    public static final Setting<Integer> REPORT_BLOCK_MINUTES =
            Setting.named("reportBlockMinutes", "Block after a report", integer(1, 1440), 15)
                    .in("minutes")
                    .help(
                            "Minutes for which a client cannot ask a user who has said 'I did not"
                                    + " start this' or has given a wrong number.");

    public static final Setting<Boolean> SYNCHRONOUS_SENDING =
            Setting.named("synchronousSending", "Send before answering", flag(), false)
                    .help(
                            "Answer the relying party only after the mail server has taken the"
                                + " mail. Each request then waits for the mail server, and there is"
                                + " one try.");

    public static final Setting<Optional<String>> NOTIFICATION_POLICY =
            Setting.optional(
                            "notificationPolicy",
                            "Notification policy",
                            NotificationPolicyFactory.NAMES)
                    .help(
                            "Name of the policy that limits e-mails and pending requests. Empty:"
                                    + " the realm's default.");

    public static final Setting<Boolean> HIDE_USERS =
            Setting.named("hideUsers", "Hide users", flag(), false)
                    .help(
                            "A request whose user does not exist or cannot be asked gets the usual"
                                + " answer, and stays pending until it expires. For all policies of"
                                + " a realm, use the realm attribute ciba.hide-users.");

    public static final Setting<Boolean> VERIFY_ADDRESS =
            Setting.named("verifyAddress", "Verify address", flag(), false)
                    .help(
                            "A user who cannot be asked because the address is not verified gets"
                                + " Keycloak's mail with a link to verify it, within the limits of"
                                + " all mails. The answer to the relying party does not change.");

    public static final Setting<Optional<String>> WEBHOOK_URL =
            Setting.optional("webhookUrl", "Event webhook URL", url())
                    .help(
                            "Where the events of this policy's requests are sent as signed JSON."
                                    + " Empty: nowhere.");

    public static final Setting<Optional<String>> WEBHOOK_SECRET =
            Setting.optional("webhookSecret", "Event webhook secret", secret(16))
                    .help(
                            "What the calls of the event webhook are signed with. Required with its"
                                    + " URL.");

    public static final Setting<List<Variant>> VARIANTS =
            Setting.named(
                            "variants",
                            "Variants",
                            lines(Variants.RANGE, Variants::parse),
                            List.<Variant>of())
                    .help(
                            "Several ways to ask, each for a share of the users. A user always gets"
                                    + " the same variant. Events and metrics name it.");

    private static final List<Setting<?>> BEFORE_CHANNELS =
            List.of(NAME, VERSION, CLIENTS, CHANNELS, CHANNEL_DELAYS);

    private static final Setting<?>[] BEHIND_CHANNELS = {
        TEMPLATES, LOGO, EXPIRES_IN,
        MAX_EXPIRES_IN, ALLOW_LONG_LIVED, INTERVAL,
        GROWING_SLOW_DOWN, LONG_POLLING, ALLOWED_HINTS,
        TRUSTED_ISSUERS, APPROVAL_MODE, APPROVAL_LEVEL,
        NUMBER_MATCHING, REPORT_BLOCK_MINUTES, SYNCHRONOUS_SENDING,
        NOTIFICATION_POLICY, HIDE_USERS, VERIFY_ADDRESS,
        WEBHOOK_URL, WEBHOOK_SECRET, VARIANTS
    };

    public CibaPolicyFactory() {
        super(
                PROVIDER_ID,
                "What happens when a relying party asks for a user's approval.",
                NAME,
                allSettings(),
                List.of(
                        NAME,
                        VERSION,
                        CHANNELS,
                        APPROVAL_MODE,
                        EXPIRES_IN,
                        INTERVAL,
                        NOTIFICATION_POLICY));
    }

    private static List<Setting<?>> allSettings() {
        List<Setting<?>> all = new ArrayList<>(BEFORE_CHANNELS);
        ChannelType.all().forEach(type -> all.addAll(type.settings()));
        all.addAll(List.of(BEHIND_CHANNELS));
        return all;
    }

    @Override
    protected void check(KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        CibaPolicyRules.check(OutboundClient.of(session, realm), settings(), model);
    }

    @Override
    protected void checkNames(KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        CibaPolicyRules.checkNames(session, realm, model);
    }

    private static List<String> clients(List<String> lines) {
        if (!lines.stream().allMatch(line -> CLIENT_ID.matcher(line).matches())) {
            throw new IllegalArgumentException("must be client IDs of 1–255 characters");
        }
        return lines.stream().distinct().toList();
    }

    private static Map<String, String> issuers(List<String> lines) {
        Map<String, String> issuers = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split("\\s+", -1);
            if (words.length != 2 || !URL.matcher(words[1]).matches()) {
                throw new IllegalArgumentException(
                        "must be lines of an issuer, a space and the URL of its JWKS");
            }
            if (issuers.put(words[0], words[1]) != null) {
                throw new IllegalArgumentException("must name each issuer once");
            }
        }
        return Map.copyOf(issuers);
    }

    @Override
    protected String identity(ComponentModel model) {
        return super.identity(model) + ", version " + VERSION.of(model);
    }
}

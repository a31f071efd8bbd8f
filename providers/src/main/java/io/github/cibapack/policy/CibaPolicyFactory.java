// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import io.github.cibapack.outbound.OutboundClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    private static final int SHORTEST_LIFE = 10;
    private static final int LONGEST_LIFE = 86_400;
    private static final String LIFE_RANGE = "10–3600; up to 86400 with allowLongLived";
    private static final Pattern URL = Pattern.compile("https?://[!-~]{1,2000}");
    private static final Pattern CLIENT_ID = Pattern.compile("[^\\p{Cc}]{1,255}");

    public static final Setting<Optional<String>> NAME =
            Setting.text(
                    "name",
                    "Name",
                    "The name by which a client's list and acr_values refer to the policy.",
                    Setting.NAME,
                    "1–64 of a–z, 0–9 and -");

    public static final Setting<Integer> VERSION =
            Setting.integer(
                    "version",
                    "Version",
                    "Policies with the same name are versions of one policy. A client that names"
                        + " the policy uses the highest version; a client that names 'name@version'"
                        + " uses that version.",
                    1,
                    1,
                    999_999);

    public static final Setting<List<String>> CLIENTS =
            Setting.ownForm(
                    "clients",
                    "Clients",
                    "Client IDs of the clients that may use this version of the policy, as if their"
                            + " attribute ciba.policies named it last. With number matching, these"
                            + " clients must show the number.",
                    ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                    "client IDs of 1–255 characters",
                    List.of(),
                    CibaPolicyFactory::clients);

    public static final Setting<List<ChannelType>> CHANNELS =
            Setting.sequence(
                    "channels",
                    "Channels",
                    "How the user is reached, in order of preference: if one channel cannot be"
                            + " used, the next one is. Empty: what the realm says.",
                    ChannelType.all(),
                    ChannelType::value);

    public static final Setting<ChannelDelays> CHANNEL_DELAYS =
            Setting.ownForm(
                            "channelDelays",
                            "Channel delays",
                            "After how many seconds a further channel is used in addition, if the"
                                + " user has not decided by then: 'email=30'. A channel without a"
                                + " delay is used if the one before it fails.",
                            ProviderConfigProperty.STRING_TYPE,
                            ChannelDelays.RANGE,
                            ChannelDelays.NONE,
                            ChannelDelays::parse)
                    .in("seconds");

    public static final Setting<Optional<String>> TEMPLATES =
            Setting.text(
                    "templates",
                    "Templates",
                    "Name of a pair of mail templates in the realm's email theme. A client's own"
                            + " pair is used in place of it. Empty: the built-in pair.",
                    Setting.NAME,
                    "1–64 of a–z, 0–9 and -");

    public static final Setting<Optional<String>> LOGO =
            Setting.ownForm(
                    "logo",
                    "Logo",
                    "The picture on the page, for clients without one of their own (attribute"
                            + " ciba.logo).",
                    ProviderConfigProperty.TEXT_TYPE,
                    Logo.RANGE,
                    Optional.empty(),
                    values -> Optional.of(Logo.parse(values.get(0))));

    public static final Setting<Integer> EXPIRES_IN =
            Setting.integer(
                            "expiresIn",
                            "Expires in",
                            "Lifetime of a request in seconds, if the relying party asks for none.",
                            120,
                            SHORTEST_LIFE,
                            LONGEST_LIFE,
                            LIFE_RANGE)
                    .in("seconds");

    public static final Setting<Integer> MAX_EXPIRES_IN =
            Setting.integer(
                            "maxExpiresIn",
                            "Longest lifetime",
                            "The longest lifetime in seconds that a relying party can ask for.",
                            USUAL_LIFE,
                            SHORTEST_LIFE,
                            LONGEST_LIFE,
                            LIFE_RANGE)
                    .in("seconds");

    public static final Setting<Boolean> ALLOW_LONG_LIVED =
            Setting.flag(
                    "allowLongLived",
                    "Allow long-lived requests",
                    "Allow lifetimes of more than an hour, up to a day. The link in the mail works"
                            + " as long as its request lives.",
                    false);

    public static final Setting<Integer> INTERVAL =
            Setting.integer(
                            "interval",
                            "Interval",
                            "Least time between two polls in seconds.",
                            2,
                            1,
                            60)
                    .in("seconds");

    public static final Setting<Boolean> GROWING_SLOW_DOWN =
            Setting.flag(
                    "growingSlowDown",
                    "Growing slow-down",
                    "Each poll that comes too early makes the interval of its request 5 seconds"
                            + " longer, up to 30 seconds.",
                    false);

    public static final Setting<Integer> LONG_POLLING =
            Setting.integer(
                            "longPolling",
                            "Long polling",
                            "How long a poll at as/token waits for the decision, in seconds, if the"
                                    + " relying party sends no header Prefer. 0: it is answered at"
                                    + " once.",
                            0,
                            0,
                            25)
                    .in("seconds");

    public static final Setting<List<HintKind>> ALLOWED_HINTS =
            Setting.anyOf(
                    "allowedHints",
                    "Allowed hints",
                    "The kinds of hints by which a relying party may name the user. Empty: all.",
                    HintKind.class,
                    List.of(HintKind.values()));

    public static final Setting<Map<String, String>> TRUSTED_ISSUERS =
            Setting.ownForm(
                    "trustedIssuers",
                    "Trusted issuers",
                    "Who, besides the client, may sign a login_hint_token, and where the keys are."
                            + " A client's own list (attribute ciba.login-hint-token.issuers) is"
                            + " used in place of this one.",
                    ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                    "lines of an issuer, a space and the URL of its JWKS",
                    Map.of(),
                    CibaPolicyFactory::issuers);

    public static final Setting<ApprovalMode> APPROVAL_MODE =
            Setting.choice(
                    "approvalMode",
                    "Approval mode",
                    "link: the link is enough. login: the person must be signed in as the user."
                        + " login-if-second-factor: a login for users who have one-time codes, a"
                        + " passkey or recovery codes; for all others the link is enough.",
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

    public static final Setting<NumberMatching> NUMBER_MATCHING =
            Setting.choice(
                    "numberMatching",
                    "Number matching",
                    "The relying party shows a number, which it gets with the acknowledgement."
                        + " pick: the user picks it among three on the page. type: the user types"
                        + " it, which is harder to guess. A wrong number blocks the client as a"
                        + " report does. Applies to the clients that the policy lists, and to"
                        + " others with the attribute ciba.number.matching=true.",
                    NumberMatching.class,
                    NumberMatching.OFF,
                    Map.of("false", NumberMatching.OFF, "true", NumberMatching.PICK));

    public static final Setting<Integer> REPORT_BLOCK_MINUTES =
            Setting.integer(
                            "reportBlockMinutes",
                            "Block after a report",
                            "Minutes for which a client cannot ask a user who has said 'I did not"
                                    + " start this' or has given a wrong number.",
                            15,
                            1,
                            1440)
                    .in("minutes");

    public static final Setting<Boolean> SYNCHRONOUS_SENDING =
            Setting.flag(
                    "synchronousSending",
                    "Send before answering",
                    "Answer the relying party only after the mail server has taken the mail. Each"
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
                    "A request whose user does not exist or cannot be asked gets the usual answer,"
                        + " and stays pending until it expires. For all policies of a realm, use"
                        + " the realm attribute ciba.hide-users.",
                    false);

    public static final Setting<Boolean> VERIFY_ADDRESS =
            Setting.flag(
                    "verifyAddress",
                    "Verify address",
                    "A user who cannot be asked because the address is not verified gets Keycloak's"
                            + " mail with a link to verify it, within the limits of all mails. The"
                            + " answer to the relying party does not change.",
                    false);

    public static final Setting<Optional<String>> WEBHOOK_URL =
            Setting.url(
                    "webhookUrl",
                    "Event webhook URL",
                    "Where the events of this policy's requests are sent as signed JSON. Empty:"
                            + " nowhere.");

    public static final Setting<Optional<String>> WEBHOOK_SECRET =
            Setting.secret(
                    "webhookSecret",
                    "Event webhook secret",
                    "What the calls of the event webhook are signed with. Required with its URL.",
                    16);

    public static final Setting<List<Variant>> VARIANTS =
            Setting.ownForm(
                    "variants",
                    "Variants",
                    "Several ways to ask, each for a share of the users. A user always gets the"
                            + " same variant. Events and metrics name it.",
                    ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                    Variants.RANGE,
                    List.of(),
                    Variants::parse);

    private static final List<Setting<?>> BEFORE_CHANNELS =
            List.of(NAME, VERSION, CLIENTS, CHANNELS, CHANNEL_DELAYS);

    private static final List<Setting<?>> BEHIND_CHANNELS =
            List.of(
                    TEMPLATES,
                    LOGO,
                    EXPIRES_IN,
                    MAX_EXPIRES_IN,
                    ALLOW_LONG_LIVED,
                    INTERVAL,
                    GROWING_SLOW_DOWN,
                    LONG_POLLING,
                    ALLOWED_HINTS,
                    TRUSTED_ISSUERS,
                    APPROVAL_MODE,
                    APPROVAL_LEVEL,
                    NUMBER_MATCHING,
                    REPORT_BLOCK_MINUTES,
                    SYNCHRONOUS_SENDING,
                    NOTIFICATION_POLICY,
                    HIDE_USERS,
                    VERIFY_ADDRESS,
                    WEBHOOK_URL,
                    WEBHOOK_SECRET,
                    VARIANTS);

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
        return Stream.of(
                        BEFORE_CHANNELS.stream(),
                        ChannelType.all().stream().flatMap(type -> type.settings().stream()),
                        BEHIND_CHANNELS.stream())
                .<Setting<?>>flatMap(settings -> settings)
                .toList();
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

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
                    "Policies with one name are versions of each other. A client that names the"
                            + " policy uses the highest, one that names 'name@version' that one.",
                    1,
                    1,
                    999_999);

    public static final Setting<List<String>> CLIENTS =
            Setting.ownForm(
                    "clients",
                    "Clients",
                    "Client IDs of the clients that may use this version of the policy, as if"
                            + " their attribute ciba.policies named it last. They are taken to"
                            + " show the number of number matching.",
                    ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                    "client IDs of 1–255 characters",
                    List.of(),
                    CibaPolicyFactory::clients);

    public static final Setting<List<ChannelType>> CHANNELS =
            Setting.sequence(
                    "channels",
                    "Channels",
                    "How the user is reached, in order of preference: where one cannot be used, the"
                            + " next one is. Empty: what the realm says.",
                    ChannelType.all(),
                    ChannelType::value);

    public static final Setting<ChannelDelays> CHANNEL_DELAYS =
            Setting.ownForm(
                            "channelDelays",
                            "Channel delays",
                            "After how many seconds a channel is used as well, if nobody has"
                                    + " decided by then: 'email=30'. The other channels behind the"
                                    + " first one are used if the one before them fails.",
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
                            + " pair wins. Empty: the built-in pair.",
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
                            "Lifetime of a request in seconds, where the relying party asks for"
                                    + " none.",
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
                    "Lifetimes of more than an hour, up to a day. The link in the mail lives as"
                            + " long as its request.",
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
                            "How long a poll at as/token waits for the decision, in seconds, where"
                                    + " the relying party does not say it by the header Prefer. 0:"
                                    + " it is answered at once.",
                            0,
                            0,
                            25)
                    .in("seconds");

    public static final Setting<List<HintKind>> ALLOWED_HINTS =
            Setting.anyOf(
                    "allowedHints",
                    "Allowed hints",
                    "The hints by which a relying party may say who is meant. Empty: all.",
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
                    "link: having the link is enough. login: the person must be signed in as"
                            + " the user. login-if-second-factor: so must a user who has one-time"
                            + " codes, a passkey or recovery codes; any other one needs the"
                            + " link.",
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
                    "The relying party shows a number. pick: the user picks it among three on the"
                        + " page. type: the user types it, which is hard to guess. A wrong number"
                        + " blocks the client as a report does. For the clients that the policy"
                        + " lists, and others with attribute ciba.number.matching=true; the"
                        + " acknowledgement carries the number.",
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

    public static final Setting<Boolean> VERIFY_ADDRESS =
            Setting.flag(
                    "verifyAddress",
                    "Verify address",
                    "A user who cannot be asked because the address is not verified gets Keycloak's"
                            + " mail with a link to verify it, within the limits of all mails. The"
                            + " answer to the relying party stays what it is.",
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
                    "Several ways to ask, each for its share of the users; a user keeps the"
                            + " variant. Events and metrics tell them apart.",
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

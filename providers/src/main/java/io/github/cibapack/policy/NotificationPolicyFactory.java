// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Named notification policies: provider id {@code ciba-notification-policy}. */
public final class NotificationPolicyFactory extends SettingsComponentFactory {
    public static final String PROVIDER_ID = "ciba-notification-policy";

    /** Before the person is left alone. */
    public static final int MOST_RESENDS = 20;

    private static final int MOST_PER_USER = 50;
    private static final int MOST_PER_REALM = 1_000_000;
    private static final int MOST_PENDING_PER_CLIENT = 100_000;

    /** As many as the store lists for one user. */
    private static final int MOST_PENDING_PER_USER = 50;

    public static final Setting<Optional<String>> NAME =
            Setting.text(
                    "name",
                    "Name",
                    "The name by which CIBA policies and clients refer to this policy.",
                    Pattern.compile("[^\\p{Cc}\\p{Zl}\\p{Zp}]{1,256}"),
                    "1–256 characters on one line");

    public static final Setting<QuotaType> QUOTA_TYPE =
            Setting.choice(
                    "quotaType",
                    "Quota type",
                    "Whose e-mails of a day are counted: each user's, or all of the realm.",
                    QuotaType.class,
                    QuotaType.USER);

    public static final Setting<Optional<Integer>> TOTAL =
            Setting.optionalInteger(
                            "total",
                            "Total per day",
                            "E-mails per day, until midnight UTC. At most 50 for a user, and 50 if"
                                + " nothing is set. Not together with 'claimed' and 'unclaimed'.",
                            1,
                            MOST_PER_REALM)
                    .in("e-mails");

    public static final Setting<Optional<Integer>> CLAIMED =
            Setting.optionalInteger(
                            "claimed",
                            "Claimed per day",
                            "E-mails per day that were responded to. At most 50 for a user. Only"
                                    + " together with 'unclaimed'.",
                            1,
                            MOST_PER_REALM)
                    .in("e-mails");

    public static final Setting<Optional<Integer>> UNCLAIMED =
            Setting.optionalInteger(
                            "unclaimed",
                            "Unclaimed per day",
                            "E-mails per day that were not responded to. At most 50 for a user."
                                    + " Only together with 'claimed'.",
                            1,
                            MOST_PER_REALM)
                    .in("e-mails");

    public static final Setting<Integer> CLIENT_SHARE =
            Setting.integer(
                            "clientShare",
                            "Share of one client",
                            "How much of the quota one client may use, in per cent. It is never the"
                                    + " whole quota, so that no client can prevent the requests of"
                                    + " others.",
                            50,
                            1,
                            99)
                    .in("per cent");

    public static final Setting<Boolean> COOLDOWN =
            Setting.flag(
                    "cooldown",
                    "Cooldown",
                    "Use the periods below between two e-mails of one client to the same person.",
                    false);

    public static final Setting<Boolean> GROWING_PAUSES =
            Setting.flag(
                    "growingPauses",
                    "Growing pauses",
                    "If cooldown is off: a client that has sent a person three e-mails that were"
                        + " not approved must pause for ten minutes, and after each later one twice"
                        + " as long, up to four hours. Denials and reports make the pauses longer."
                        + " Always on in a realm without any notification policy.",
                    false);

    public static final Setting<Integer> COOLDOWN_FIRST = cooldown("First", "the first", 30);
    public static final Setting<Integer> COOLDOWN_SECOND = cooldown("Second", "the second", 60);
    public static final Setting<Integer> COOLDOWN_LATER = cooldown("Later", "each later", 120);

    public static final Setting<Integer> RESEND_LIMIT =
            Setting.integer(
                            "resendLimit",
                            "Resend limit",
                            "Resends of one client before it must not send to this person for 30"
                                + " minutes. All clients together may send twice as many e-mails in"
                                + " that time.",
                            3,
                            1,
                            MOST_RESENDS)
                    .in("e-mails");

    public static final Setting<CooldownKey> COOLDOWN_KEY =
            Setting.choice(
                    "cooldownKey",
                    "Cooldown by",
                    "What a cooldown belongs to: the e-mail address, which several users may"
                            + " share, or the user.",
                    CooldownKey.class,
                    CooldownKey.ADDRESS);

    public static final Setting<Integer> PENDING_PER_USER =
            Setting.integer(
                            "pendingPerUser",
                            "Pending per user",
                            "Requests that may be pending for one user at a time.",
                            5,
                            1,
                            MOST_PENDING_PER_USER)
                    .in("requests");

    public static final Setting<Integer> PENDING_PER_CLIENT_AND_USER =
            Setting.integer(
                            "pendingPerClientAndUser",
                            "Pending per client and user",
                            "Requests of one client that may be pending for one user; always fewer"
                                    + " than the user may have in all.",
                            3,
                            1,
                            MOST_PENDING_PER_USER)
                    .in("requests");

    public static final Setting<Integer> PENDING_PER_CLIENT =
            Setting.integer(
                            "pendingPerClient",
                            "Pending per client",
                            "Requests of one client that may be pending for all users together,"
                                    + " those for hidden users included; exact up to 64, above that"
                                    + " never more and sometimes a little fewer.",
                            1000,
                            1,
                            MOST_PENDING_PER_CLIENT)
                    .in("requests");

    public static final Setting<Integer> PENDING_PER_REALM =
            Setting.integer(
                            "pendingPerRealm",
                            "Pending per realm",
                            "Requests that may be pending in the realm, those for hidden users"
                                + " included; exact up to 64, above that never more and sometimes a"
                                + " little fewer.",
                            10_000,
                            1,
                            MOST_PER_REALM)
                    .in("requests");

    public static final Setting<OverCapAction> OVER_CAP =
            Setting.choice(
                    "overCap",
                    "Over a cap",
                    "What happens to a request over a cap of pending requests. refuse: it is"
                        + " refused. inbox: it waits in the user's inbox without an e-mail; as many"
                        + " again may wait there, further ones are refused.",
                    OverCapAction.class,
                    OverCapAction.REFUSE);

    private static final List<Setting<?>> SETTINGS =
            List.of(
                    NAME,
                    QUOTA_TYPE,
                    TOTAL,
                    CLAIMED,
                    UNCLAIMED,
                    CLIENT_SHARE,
                    COOLDOWN,
                    COOLDOWN_FIRST,
                    COOLDOWN_SECOND,
                    COOLDOWN_LATER,
                    RESEND_LIMIT,
                    COOLDOWN_KEY,
                    GROWING_PAUSES,
                    PENDING_PER_USER,
                    PENDING_PER_CLIENT_AND_USER,
                    PENDING_PER_CLIENT,
                    PENDING_PER_REALM,
                    OVER_CAP);

    private static Setting<Integer> cooldown(String suffix, String which, int fallback) {
        return Setting.integer(
                        "cooldown" + suffix,
                        "Cooldown before " + which + " resend",
                        "Seconds that pass before " + which + " resend.",
                        fallback,
                        10,
                        600)
                .in("seconds");
    }

    public NotificationPolicyFactory() {
        super(
                PROVIDER_ID,
                "How many e-mails a person may get, and how many requests may be pending.",
                NAME,
                SETTINGS,
                List.of(NAME, QUOTA_TYPE, TOTAL, CLAIMED, UNCLAIMED, COOLDOWN, PENDING_PER_USER));
    }

    @Override
    protected void check(KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        requireTotalOrBoth(model);
        if (QUOTA_TYPE.of(model) == QuotaType.REALM) {
            if (!TOTAL.isSet(model) && !CLAIMED.isSet(model)) {
                throw TOTAL.refused("is required for a quota of the realm");
            }
        } else {
            requireAtMostFifty(model);
        }
        if (PENDING_PER_CLIENT_AND_USER.of(model) > PENDING_PER_USER.of(model)) {
            throw PENDING_PER_CLIENT_AND_USER.refused("must not be more than 'pendingPerUser'");
        }
    }

    private static void requireTotalOrBoth(ComponentModel model) {
        boolean claimed = CLAIMED.isSet(model);
        if (claimed != UNCLAIMED.isSet(model)) {
            throw new ComponentValidationException(
                    "'claimed' and 'unclaimed' are set both or not at all");
        }
        if (claimed && TOTAL.isSet(model)) {
            throw TOTAL.refused("cannot be set together with 'claimed'");
        }
    }

    private static void requireAtMostFifty(ComponentModel model) {
        Stream.of(TOTAL, CLAIMED, UNCLAIMED)
                .filter(setting -> setting.of(model).filter(n -> n > MOST_PER_USER).isPresent())
                .findFirst()
                .ifPresent(
                        setting -> {
                            throw setting.refused(
                                    "must be a whole number, 1–%d, for a quota of a user"
                                            .formatted(MOST_PER_USER));
                        });
    }
}

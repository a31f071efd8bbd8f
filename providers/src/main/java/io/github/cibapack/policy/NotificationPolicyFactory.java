// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import static io.github.cibapack.policy.SettingForm.choice;
import static io.github.cibapack.policy.SettingForm.flag;
import static io.github.cibapack.policy.SettingForm.integer;
import static io.github.cibapack.policy.SettingForm.text;

import java.util.List;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Named notification policies: provider id {@code ciba-notification-policy}. */
public final class NotificationPolicyFactory extends SettingsComponentFactory {
    public static final String PROVIDER_ID = "ciba-notification-policy";

    /** Before the person is left alone. */
    public static final int MOST_RESENDS = 20;

    static final SettingForm<String> NAMES =
            text("[^\\p{Cc}\\p{Zl}\\p{Zp}]{1,256}", "1–256 characters on one line");

    private static final int MOST_PER_USER = 50;
    private static final int MOST_PER_REALM = 1_000_000;
    private static final int MOST_PENDING_PER_CLIENT = 100_000;

    /** As many as the store lists for one user. */
    private static final int MOST_PENDING_PER_USER = 50;

    public static final Setting<Optional<String>> NAME =
            Setting.optional("name", "Name", NAMES)
                    .help("The name by which CIBA policies and clients refer to this policy.");

    public static final Setting<QuotaType> QUOTA_TYPE =
            Setting.named("quotaType", "Quota type", choice(QuotaType.class), QuotaType.USER)
                    .help("Whose e-mails of a day are counted: each user's, or all of the realm.");

    public static final Setting<Optional<Integer>> TOTAL =
            Setting.optional("total", "Total per day", integer(1, MOST_PER_REALM))
                    .in("e-mails")
                    .help(
                            "E-mails per day, until midnight UTC. At most 50 for a user, and 50 if"
                                + " nothing is set. Not together with 'claimed' and 'unclaimed'.");

    public static final Setting<Optional<Integer>> CLAIMED =
            Setting.optional("claimed", "Claimed per day", integer(1, MOST_PER_REALM))
                    .in("e-mails")
                    .help(
                            "E-mails per day that were responded to. At most 50 for a user. Only"
                                    + " together with 'unclaimed'.");

    public static final Setting<Optional<Integer>> UNCLAIMED =
            Setting.optional("unclaimed", "Unclaimed per day", integer(1, MOST_PER_REALM))
                    .in("e-mails")
                    .help(
                            "E-mails per day that were not responded to. At most 50 for a user."
                                    + " Only together with 'claimed'.");

    public static final Setting<Integer> CLIENT_SHARE =
            Setting.named("clientShare", "Share of one client", integer(1, 99), 50)
                    .in("per cent")
                    .help(
                            "How much of the quota one client may use, in per cent. It is never the"
                                    + " whole quota, so that no client can prevent the requests of"
                                    + " others.");

    public static final Setting<Boolean> COOLDOWN =
            Setting.named("cooldown", "Cooldown", flag(), false)
                    .help(
                            "Use the periods below between two e-mails of one client to the same"
                                    + " person.");

    public static final Setting<Boolean> GROWING_PAUSES =
            Setting.named("growingPauses", "Growing pauses", flag(), false)
                    .help(
                            "If cooldown is off: a client that has sent a person three e-mails that"
                                + " were not approved must pause for ten minutes, and after each"
                                + " later one twice as long, up to four hours. Denials and reports"
                                + " make the pauses longer. Always on in a realm without any"
                                + " notification policy.");

    public static final Setting<Integer> COOLDOWN_FIRST = cooldown("First", "the first", 30);
    public static final Setting<Integer> COOLDOWN_SECOND = cooldown("Second", "the second", 60);
    public static final Setting<Integer> COOLDOWN_LATER = cooldown("Later", "each later", 120);

    public static final Setting<Integer> RESEND_LIMIT =
            Setting.named("resendLimit", "Resend limit", integer(1, MOST_RESENDS), 3)
                    .in("e-mails")
                    .help(
                            "Resends of one client before it must not send to this person for 30"
                                + " minutes. All clients together may send twice as many e-mails in"
                                + " that time.");

    public static final Setting<CooldownKey> COOLDOWN_KEY =
            Setting.named(
                            "cooldownKey",
                            "Cooldown by",
                            choice(CooldownKey.class),
                            CooldownKey.ADDRESS)
                    .help(
                            "What a cooldown belongs to: the e-mail address, which several users"
                                    + " may share, or the user.");

    public static final Setting<Integer> PENDING_PER_USER =
            Setting.named(
                            "pendingPerUser",
                            "Pending per user",
                            integer(1, MOST_PENDING_PER_USER),
                            5)
                    .in("requests")
                    .help("Requests that may be pending for one user at a time.");

    public static final Setting<Integer> PENDING_PER_CLIENT_AND_USER =
            Setting.named(
                            "pendingPerClientAndUser",
                            "Pending per client and user",
                            integer(1, MOST_PENDING_PER_USER),
                            3)
                    .in("requests")
                    .help(
                            "Requests of one client that may be pending for one user; always fewer"
                                    + " than the user may have in all.");

    public static final Setting<Integer> PENDING_PER_CLIENT =
            Setting.named(
                            "pendingPerClient",
                            "Pending per client",
                            integer(1, MOST_PENDING_PER_CLIENT),
                            1000)
                    .in("requests")
                    .help(
                            "Requests of one client that may be pending for all users together,"
                                    + " those for hidden users included; exact up to 64, above that"
                                    + " never more and sometimes a little fewer.");

    public static final Setting<Integer> PENDING_PER_REALM =
            Setting.named(
                            "pendingPerRealm",
                            "Pending per realm",
                            integer(1, MOST_PER_REALM),
                            10_000)
                    .in("requests")
                    .help(
                            "Requests that may be pending in the realm, those for hidden users"
                                + " included; exact up to 64, above that never more and sometimes a"
                                + " little fewer.");

    public static final Setting<OverCapAction> OVER_CAP =
            Setting.named(
                            "overCap",
                            "Over a cap",
                            choice(OverCapAction.class),
                            OverCapAction.REFUSE)
                    .help(
                            "What happens to a request over a cap of pending requests. refuse: it"
                                    + " is refused. inbox: it waits in the user's inbox without an"
                                    + " e-mail; as many again may wait there, further ones are"
                                    + " refused.");

    private static final Setting<?>[] SETTINGS = {
        NAME, QUOTA_TYPE, TOTAL,
        CLAIMED, UNCLAIMED, CLIENT_SHARE,
        COOLDOWN, COOLDOWN_FIRST, COOLDOWN_SECOND,
        COOLDOWN_LATER, RESEND_LIMIT, COOLDOWN_KEY,
        GROWING_PAUSES, PENDING_PER_USER, PENDING_PER_CLIENT_AND_USER,
        PENDING_PER_CLIENT, PENDING_PER_REALM, OVER_CAP
    };

    private static Setting<Integer> cooldown(String suffix, String which, int fallback) {
        return Setting.named(
                        "cooldown" + suffix,
                        "Cooldown before " + which + " resend",
                        integer(10, 600),
                        fallback)
                .in("seconds")
                .help("Seconds that pass before " + which + " resend.");
    }

    public NotificationPolicyFactory() {
        super(
                PROVIDER_ID,
                "How many e-mails a person may get, and how many requests may be pending.",
                NAME,
                List.of(SETTINGS),
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
        for (Setting<Optional<Integer>> setting : List.of(TOTAL, CLAIMED, UNCLAIMED)) {
            if (setting.of(model).orElse(0) > MOST_PER_USER) {
                throw setting.refused(
                        "must be a whole number, 1–%d, for a quota of a user"
                                .formatted(MOST_PER_USER));
            }
        }
    }
}

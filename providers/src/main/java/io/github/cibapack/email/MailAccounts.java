// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.cibapack.outbound.UndeliveredException;
import java.time.Duration;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** One account per realm, until its settings change or no mail has been sent for a while. */
final class MailAccounts {
    private static final int MOST = 10_000;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final SmtpTimeouts limits;
    private final Cache<String, MailAccount> accounts;

    /**
     * None yet.
     *
     * @param ended is told of accounts that are used no more
     */
    MailAccounts(SmtpTimeouts limits, Consumer<MailAccount> ended) {
        this.limits = limits;
        this.accounts =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterAccess(UNUSED)
                        .executor(Runnable::run)
                        .<String, MailAccount>removalListener(
                                (realmId, account, cause) -> ended.accept(account))
                        .build();
    }

    /**
     * The account of the context's realm.
     *
     * @throws UndeliveredException if no mail can be made of its settings
     */
    MailAccount of(KeycloakSession session) throws UndeliveredException {
        RealmModel realm = session.getContext().getRealm();
        SmtpSettings now = SmtpSettings.of(realm, limits);
        MailAccount known = accounts.getIfPresent(realm.getId());
        if (known != null && known.settings().equals(now)) {
            return known;
        }
        MailAccount read = new MailAccount(now, session);
        return accounts.asMap()
                .compute(
                        realm.getId(),
                        (realmId, other) ->
                                other != null && other.settings().equals(now) ? other : read);
    }

    /** The next mail of the realm reads its settings again and goes over a new connection. */
    void forget(RealmModel realm) {
        accounts.invalidate(realm.getId());
    }
}

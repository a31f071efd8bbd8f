// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.health;

import io.github.cibapack.audit.Redacted;
import io.github.cibapack.links.ServerLinks;
import io.github.cibapack.store.OwnTransaction;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Says after the start what is installed and what cannot work. Beside the start and not within it:
 * one thread that lasts no longer than its work, a short transaction for each realm, and a bounded
 * number of realms, clients and warnings, so that a server with very many of them starts as fast as
 * any other.
 */
public final class StartUpCheck implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StartUpCheck.class);

    private static final int MOST_CLIENTS = 2000;
    private static final int MOST_CLIENTS_OF_REALM = 200;
    private static final int MOST_WARNINGS = 50;

    private final KeycloakSessionFactory sessions;
    private final int mostRealms;
    private volatile boolean stopped;

    /**
     * A check that begins when the server has started.
     *
     * @param mostRealms how many realms are looked at; 0 for none
     */
    public StartUpCheck(KeycloakSessionFactory sessions, int mostRealms) {
        this.sessions = sessions;
        this.mostRealms = mostRealms;
        sessions.register(this::onEvent);
    }

    private void onEvent(ProviderEvent event) {
        if (!(event instanceof PostMigrationEvent)) {
            return;
        }
        Installation here = Installation.of(sessions);
        LOG.infof(
                "Keycloak CIBA Pack %s: authentication channel '%s', login-user resolver '%s',"
                        + " e-mail templates '%s'",
                here.version(), here.channel(), here.resolver(), here.templates());
        Thread thread = new Thread(this::run, "ciba-start-up-check");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        stopped = true;
    }

    private void run() {
        try {
            LinkReport.write();
            if (!ServerLinks.here().areComplete()) {
                return;
            }
            new StoreReport(sessions).write();
            if (mostRealms > 0) {
                checkAll();
            }
        } catch (RuntimeException e) {
            if (!stopped) {
                LOG.warn("The check of the realms after the start failed", Redacted.of(e));
            }
        }
    }

    private void checkAll() {
        List<String> realmIds = realmIds();
        boolean all = realmIds.size() <= mostRealms;
        int realms = 0;
        int clients = 0;
        int warnings = 0;
        for (String id : realmIds.stream().limit(mostRealms).toList()) {
            if (stopped || clients >= MOST_CLIENTS || warnings >= MOST_WARNINGS) {
                all = false;
                break;
            }
            RealmFindings found =
                    check(id, Math.min(MOST_CLIENTS_OF_REALM, MOST_CLIENTS - clients));
            realms++;
            clients += found.findings().clients();
            all &= found.findings().isComplete();
            List<Contradiction> contradictions = found.findings().contradictions();
            all &= contradictions.size() <= MOST_WARNINGS - warnings;
            contradictions.stream()
                    .limit(MOST_WARNINGS - warnings)
                    .forEach(one -> LOG.warnf("Realm '%s': %s", found.realm(), one.sentence()));
            warnings += contradictions.size();
        }
        LOG.debugf("%d realms with %d clients were checked", realms, clients);
        if (!all) {
            LOG.infof(
                    "%d realms with %d clients were checked, which is not all of them:"
                            + " GET /admin/realms/{realm}/ciba/problems checks one realm",
                    realms, clients);
        }
    }

    private record RealmFindings(String realm, RealmCheck.Findings findings) {}

    private RealmFindings check(String realmId, int mostClients) {
        return new OwnTransaction(sessions, realmId)
                .callIfRealmExists(session -> check(session.getContext().getRealm(), mostClients))
                .orElseGet(
                        () -> new RealmFindings("", new RealmCheck.Findings(List.of(), 0, true)));
    }

    private static RealmFindings check(RealmModel realm, int mostClients) {
        if (!realm.isEnabled()) {
            return null;
        }
        // no request, so no address that a login could come back to
        return new RealmFindings(
                realm.getName(),
                new RealmCheck(realm, client -> Optional.empty()).run(mostClients));
    }

    private List<String> realmIds() {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions,
                session ->
                        session.realms()
                                .getRealmsStream()
                                .limit(mostRealms + 1L)
                                .map(RealmModel::getId)
                                .toList());
    }
}

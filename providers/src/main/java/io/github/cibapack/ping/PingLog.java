// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.ping;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Writes down how pings ended, each in a transaction of its own. */
final class PingLog {
    private static final String ERROR = "ping_failed";

    private final KeycloakSessionFactory sessions;

    PingLog(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    void write(Ping ping, PingResult result) {
        KeycloakModelUtils.runJobInTransaction(sessions, session -> write(session, ping, result));
    }

    private static void write(KeycloakSession session, Ping ping, PingResult result) {
        RealmModel realm = session.realms().getRealm(ping.realmId());
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        if (result instanceof PingResult.Delivered) {
            event(session, realm, CibaEvent.PINGED, ping).success();
        } else {
            event(session, realm, CibaEvent.PING_FAILED, ping)
                    .detail(AuditTrail.REASON, reason(result))
                    .error(ERROR);
        }
    }

    private static String reason(PingResult result) {
        if (result instanceof PingResult.Refused refused) {
            return refused.reason();
        }
        return result instanceof PingResult.Later later ? later.reason() : "";
    }

    private static EventBuilder event(
            KeycloakSession session, RealmModel realm, CibaEvent step, Ping ping) {
        return AuditTrail.backgroundEvent(session, realm, step)
                .client(ping.clientId())
                .user(ping.userId().orElse(null))
                .detail(AuditTrail.AUTH_REQ_ID, ping.shownId());
    }
}

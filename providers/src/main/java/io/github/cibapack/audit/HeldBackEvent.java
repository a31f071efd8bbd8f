// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/**
 * The one event of an authentication request. Keycloak's code writes an error event before it
 * throws; here that is held back, so that a refusal is one event, with its reason.
 */
public final class HeldBackEvent extends EventBuilder {

    /** An event of the current HTTP request, marked as {@link CibaEvent#REQUESTED}. */
    public static HeldBackEvent begin(KeycloakSession session) {
        HeldBackEvent event = new HeldBackEvent(session);
        CibaEvents.mark(event, session, CibaEvent.REQUESTED);
        return event;
    }

    /** An event of a call about a request: no step of it. */
    public static HeldBackEvent ofCall(KeycloakSession session) {
        HeldBackEvent event = new HeldBackEvent(session);
        CibaEvents.correlate(event, session).event(EventType.AUTHREQID_TO_TOKEN);
        return event;
    }

    private HeldBackEvent(KeycloakSession session) {
        super(session.getContext().getRealm(), session, session.getContext().getConnection());
    }

    /** Does nothing: called by Keycloak's code, which throws next. */
    @Override
    public void error(String error) {
        // held back
    }

    /**
     * Writes the event as a refusal.
     *
     * @param error the OAuth error that the relying party gets
     */
    public void refused(String error) {
        super.error(error);
    }
}

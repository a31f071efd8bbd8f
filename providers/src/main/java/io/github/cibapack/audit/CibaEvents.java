// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import io.github.cibapack.text.VisibleText;
import jakarta.ws.rs.core.HttpHeaders;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Starts the events of the pack. All of them are of Keycloak's one CIBA type, {@code
 * AUTHREQID_TO_TOKEN}, so that an admin filters the event list once; detail {@code ciba_event}
 * tells the step. No detail ever holds a hint, an address, a ticket or a link.
 */
public final class CibaEvents {
    public static final String CIBA_EVENT = "ciba_event";
    public static final String AUTH_REQ_ID = "auth_req_id";
    public static final String CORRELATION_ID = "correlation_id";
    public static final String RP_CORRELATION_ID = "rp_correlation_id";
    public static final String CHANNEL = "channel";
    public static final String FAILED_CHANNELS = "failed_channels";
    public static final String CIBA_POLICY = "ciba_policy";
    public static final String CIBA_POLICY_VERSION = "ciba_policy_version";
    public static final String CIBA_VARIANT = "ciba_variant";
    public static final String DECISION = "decision";
    public static final String APPROVAL_MODE = "approval_mode";
    public static final String OTHER_DEVICE = "other_device";
    public static final String REASON = "reason";
    public static final String TRIES = "tries";
    public static final String NOTIFICATION_POLICY = "notification_policy";
    public static final String COUNTER = "counter";
    public static final String INBOX_ONLY = "inbox_only";

    public static final String RULE = "rule";

    public static final String CIBA_RESULT = "ciba_result";
    public static final String CLIENT = "client";
    public static final String BINDING_MESSAGE = "binding_message";
    public static final String REQUESTED_SCOPE = "requested_scope";
    public static final String AUTHORIZATION_DETAILS_TYPES = "authorization_details_types";
    public static final String AUTHORIZATION_DETAILS_HASH = "authorization_details_hash";
    public static final String RESOURCE = "resource";
    public static final String REQUESTER_IP = "requester_ip";
    public static final String USER_AGENT = "user_agent";
    public static final String ACR_VALUES = "acr_values";
    public static final String HIDDEN = "hidden";
    public static final String EXPIRES_IN = "expires_in";

    /**
     * Longer texts from outside are cut, and marked as cut: the event store is not to grow with
     * them.
     */
    private static final int LONGEST_TEXT = 256;

    private CibaEvents() {}

    /** An event inside an HTTP request, with the caller's address and the correlation ids. */
    public static EventBuilder event(KeycloakSession session, CibaEvent step) {
        return mark(keycloaksEvent(session), session, step);
    }

    /** An event that Keycloak's code fills: no step, no ids, exactly as at its own endpoint. */
    public static EventBuilder keycloaksEvent(KeycloakSession session) {
        return new EventBuilder(
                session.getContext().getRealm(), session, session.getContext().getConnection());
    }

    /** An event outside of an HTTP request, for example of a mail worker. */
    public static EventBuilder backgroundEvent(
            KeycloakSession session, RealmModel realm, CibaEvent step) {
        return step(new EventBuilder(realm, session), step);
    }

    /** Adds the step and the correlation ids to an event that Keycloak has begun. */
    public static EventBuilder mark(EventBuilder event, KeycloakSession session, CibaEvent step) {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        step(event, step)
                .detail(USER_AGENT, fromOutside(headers.getHeaderString(HttpHeaders.USER_AGENT)));
        return correlate(event, session);
    }

    private static EventBuilder step(EventBuilder event, CibaEvent step) {
        event.event(EventType.AUTHREQID_TO_TOKEN).detail(CIBA_EVENT, step.detail());
        step.result().ifPresent(result -> event.detail(CIBA_RESULT, result));
        return event;
    }

    /**
     * A text from outside, fit for a detail: all of it visible, and not too long; null stays null.
     */
    public static String fromOutside(String text) {
        return text == null ? null : VisibleText.of(text, LONGEST_TEXT).orElse("");
    }

    public static EventBuilder correlate(EventBuilder event, KeycloakSession session) {
        event.ipAddress(CallerAddress.of(session))
                .detail(CORRELATION_ID, CorrelationId.of(session));
        CorrelationId.sentByRelyingParty(session)
                .ifPresent(id -> event.detail(RP_CORRELATION_ID, id));
        return event;
    }
}

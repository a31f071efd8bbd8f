// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.Meters;
import io.github.cibapack.delivery.Backoff;
import io.github.cibapack.delivery.Delivery;
import io.github.cibapack.delivery.Share;
import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.outbound.SignedText;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.policy.PolicyNotAllowedException;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Requests;
import io.github.cibapack.text.HeapBytes;
import io.github.cibapack.text.LogLine;
import io.github.cibapack.time.ServerClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/**
 * One event on its way to one URL, tried again until the other side answers 2xx or a day has
 * passed: plain values, as no session outlives its request.
 *
 * @param realmId internal id of the realm
 * @param realm name of the realm, for metrics
 * @param eventId id of the event, the same for every try
 * @param url where to
 * @param secret what it is signed with
 * @param body the event as JSON
 * @param since when it happened, in seconds since the epoch
 * @param client calls the URL
 */
record Webhook(
        String realmId,
        String realm,
        String eventId,
        String url,
        String secret,
        String body,
        long since,
        OutboundClient client)
        implements Delivery {
    private static final Logger LOG = Logger.getLogger(Webhook.class);

    private static final long FIXED_BYTES = 2048;
    private static final int MILLIS = 1000;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final long DAY_SECONDS = 86_400;

    /** The call that an event causes, if its CIBA policy has a webhook. */
    static Optional<Webhook> of(KeycloakSession session, Event event) {
        RealmModel realm = session.getContext().getRealm();
        if (realm == null || !new CibaPolicies(realm).mayCallWebhooks()) {
            return Optional.empty();
        }
        ClientModel client =
                event.getClientId() == null ? null : realm.getClientByClientId(event.getClientId());
        if (client == null) {
            return Optional.empty();
        }
        try {
            CibaPolicy policy = policy(session, client, event.getDetails());
            return policy.get(CibaPolicyFactory.WEBHOOK_URL)
                    .map(
                            url ->
                                    new Webhook(
                                            realm.getId(),
                                            realm.getName(),
                                            event.getId(),
                                            url,
                                            policy.get(CibaPolicyFactory.WEBHOOK_SECRET).orElse(""),
                                            json(event),
                                            event.getTime() / MILLIS,
                                            OutboundClient.of(session)));
        } catch (PolicyNotAllowedException e) {
            // the request named a policy that is none of its client's: it was refused for that
            return Optional.empty();
        } catch (InvalidSettingException e) {
            LOG.errorf(
                    "No webhook for client '%s': %s",
                    LogLine.of(event.getClientId()), LogLine.of(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The one that the event names, in the version that it names. */
    private static CibaPolicy policy(
            KeycloakSession session, ClientModel client, Map<String, String> event) {
        CibaPolicies policies = new CibaPolicies(session.getContext().getRealm());
        return Optional.ofNullable(event.get(CibaEvents.CIBA_POLICY_VERSION))
                .flatMap(
                        version ->
                                policies.find(
                                        event.get(CibaEvents.CIBA_POLICY),
                                        Integer.parseInt(version)))
                .orElseGet(() -> policies.of(client, acrValues(session, event)));
    }

    /** Which policy a request uses hangs on what it asked for; its record or its event knows. */
    private static Optional<String> acrValues(KeycloakSession session, Map<String, String> event) {
        Optional<String> told = Optional.ofNullable(event.get(CibaEvents.ACR_VALUES));
        String authReqId = event.get(CibaEvents.AUTH_REQ_ID);
        if (told.isPresent() || authReqId == null) {
            return told;
        }
        return new Requests(session).shownAs(authReqId).flatMap(AuthenticationRequest::acrValues);
    }

    private static String json(Event event) {
        ObjectNode body = JsonSerialization.createObjectNode();
        body.put("id", event.getId());
        body.put("time", event.getTime() / MILLIS);
        body.put("realm", event.getRealmName());
        body.put("type", event.getType().name());
        body.put("client_id", event.getClientId());
        body.put("user_id", event.getUserId());
        if (event.getError() != null) {
            body.put("error", event.getError());
        }
        ObjectNode details = body.putObject("details");
        event.getDetails().forEach(details::put);
        return body.toString();
    }

    @Override
    public String label() {
        return "The webhook call of event " + eventId;
    }

    @Override
    public Load load() {
        return new Load(new Share(realmId, url), eventId, FIXED_BYTES + HeapBytes.of(body));
    }

    @Override
    public Backoff backoff() {
        return new Backoff(
                LONGEST_PAUSE,
                Duration.ofSeconds(Math.max(0, since + DAY_SECONDS - ServerClock.seconds())));
    }

    @Override
    public void attempt() throws UndeliveredException {
        call();
        Meters.webhook(realm, "delivered");
    }

    void call() throws UndeliveredException {
        client.deliver(url, body, headers(), anyAnswer -> true);
    }

    @Override
    public void retried(String reason) {
        Meters.webhook(realm, "retried");
    }

    @Override
    public void giveUp(String reason) {
        Meters.webhook(realm, "given_up");
        LOG.warnf("The webhook of event %s was not taken: %s", eventId, reason);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>(new SignedText(secret, body).headers());
        headers.put("X-CIBA-Event-Id", eventId);
        return headers;
    }

    /** Never prints the secret. */
    @Override
    public String toString() {
        return "Webhook[" + eventId + "]";
    }
}

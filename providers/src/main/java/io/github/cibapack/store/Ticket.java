// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import io.github.cibapack.audit.PolicyFacts;
import io.github.cibapack.audit.RequestFacts;
import io.github.cibapack.time.ServerClock;

import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the approval page needs, found by the secret in the magic link. The store knows the secret
 * only as a hash.
 *
 * @param requestId the request that the page decides
 * @param authReqId the id shown to people: the documented one, or Keycloak's internal one
 * @param realmId the realm that the ticket is good for
 * @param clientId internal id of the client
 * @param userId internal id of the user
 * @param channel how the user is reached
 * @param policy the CIBA policy that the request is asked under
 * @param scope what was asked for
 * @param bindingMessage the message to compare, if the relying party sent one
 * @param requestedFrom the address that the request came from
 * @param createdAt the moment of the request, in seconds since the epoch
 * @param expiresAt the moment from which no decision is taken, in seconds since the epoch
 * @param correlationId of the HTTP request that started it
 * @param context what the relying party tells about where the request began
 * @param terms what is asked of the person who decides
 */
public record Ticket(
        String requestId,
        String authReqId,
        String realmId,
        String clientId,
        String userId,
        String channel,
        Optional<PolicyFacts> policy,
        String scope,
        Optional<String> bindingMessage,
        String requestedFrom,
        long createdAt,
        long expiresAt,
        String correlationId,
        RequestContext context,
        ApprovalTerms terms) {

    /** 256 random bits, in an alphabet that no mail client breaks. */
    private static final int SECRET_BYTES = 32;

    private static final String REQUEST_ID = "request";
    private static final String AUTH_REQ_ID = "authReqId";
    private static final String REALM = "realm";
    private static final String CLIENT = "client";
    private static final String USER = "user";
    private static final String CHANNEL = "channel";
    private static final String SCOPE = "scope";
    private static final String BINDING_MESSAGE = "message";
    private static final String REQUESTED_FROM = "from";
    private static final String CREATED_AT = "created";
    private static final String EXPIRES_AT = "expires";
    private static final String CORRELATION_ID = "correlation";

    /** A new secret for a magic link. */
    public static String newSecret() {
        return Base64Url.encode(SecretGenerator.getInstance().randomBytes(SECRET_BYTES));
    }

    public boolean isExpired() {
        return ServerClock.seconds() >= expiresAt;
    }

    /** The same ticket of a request that has gone on to another channel. */
    Ticket over(String otherChannel) {
        return new Ticket(
                requestId,
                authReqId,
                realmId,
                clientId,
                userId,
                otherChannel,
                policy,
                scope,
                bindingMessage,
                requestedFrom,
                createdAt,
                expiresAt,
                correlationId,
                context,
                terms);
    }

    /**
     * What events tell of the request.
     *
     * @param client the id that the client calls itself
     */
    public RequestFacts facts(String client) {
        return new RequestFacts(client, channel, policy, scope, bindingMessage, requestedFrom);
    }

    Map<String, String> toNotes() {
        Map<String, String> notes = new HashMap<>();
        notes.put(REQUEST_ID, requestId);
        notes.put(AUTH_REQ_ID, authReqId);
        notes.put(REALM, realmId);
        notes.put(CLIENT, clientId);
        notes.put(USER, userId);
        notes.put(CHANNEL, channel);
        policy.ifPresent(facts -> notes.putAll(facts.toNotes()));
        notes.put(SCOPE, scope);
        bindingMessage.ifPresent(message -> notes.put(BINDING_MESSAGE, message));
        notes.put(REQUESTED_FROM, requestedFrom);
        notes.put(CREATED_AT, Long.toString(createdAt));
        notes.put(EXPIRES_AT, Long.toString(expiresAt));
        notes.put(CORRELATION_ID, correlationId);
        notes.putAll(context.toNotes());
        notes.putAll(terms.toNotes());
        return notes;
    }

    /**
     * The notes of what is needed to revoke an approval; they stay long after the request, so they
     * hold nothing of any length.
     *
     * @param until the end of that, in seconds since the epoch
     */
    Map<String, String> toLastingNotes(long until) {
        Map<String, String> notes = new HashMap<>();
        notes.put(REQUEST_ID, requestId);
        notes.put(REALM, realmId);
        notes.put(CLIENT, clientId);
        notes.put(USER, userId);
        notes.put(CHANNEL, channel);
        policy.ifPresent(facts -> notes.putAll(facts.toNotes()));
        notes.put(CREATED_AT, Long.toString(createdAt));
        notes.put(EXPIRES_AT, Long.toString(until));
        notes.putAll(terms.toNotes());
        return notes;
    }

    static Ticket of(Map<String, String> notes) {
        return new Ticket(
                notes.get(REQUEST_ID),
                Optional.ofNullable(notes.get(AUTH_REQ_ID))
                        .orElseGet(() -> RequestIds.shown(notes.get(REQUEST_ID))),
                notes.get(REALM),
                notes.get(CLIENT),
                notes.get(USER),
                notes.getOrDefault(CHANNEL, "email"),
                PolicyFacts.of(notes),
                notes.get(SCOPE),
                Optional.ofNullable(notes.get(BINDING_MESSAGE)),
                notes.get(REQUESTED_FROM),
                Long.parseLong(notes.get(CREATED_AT)),
                Long.parseLong(notes.get(EXPIRES_AT)),
                notes.get(CORRELATION_ID),
                RequestContext.of(notes),
                ApprovalTerms.of(notes));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.PolicyFacts;
import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.resource.ResourceIndicators;
import io.github.cibapack.store.Hashes;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.time.ServerClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * An authentication request as the server took it in: who asks whom, for what, and on which terms.
 * It is written once and stays as it is, but for the channel, when an e-mail turns out to be
 * undeliverable. Page, mail, redemption, events and admins read this and nothing else of the
 * request; its device code beside it tells its state.
 *
 * @param id the id under which it is kept, without the wrapping that a relying party sees
 * @param realmId internal id of the realm
 * @param clientId internal id of the client
 * @param userId internal id of the user
 * @param channel how the user is reached
 * @param policy the CIBA policy that the request is asked under; empty if Keycloak alone asks
 * @param scope what was asked for
 * @param clientHash hash of what the approval takes for granted about the client; empty if Keycloak
 *     alone asks
 * @param acrValues the level that the relying party asked for
 * @param bindingMessage the message to compare
 * @param details the authorization details, as JSON
 * @param resource the resources that the token is asked for, with blanks between them
 * @param context what the relying party tells about where the request began
 * @param once what a gateway tells of the request that it holds back; empty for all others
 * @param addressHash hash of the e-mail address that was written to; empty for other channels
 * @param told the attributes by which other channels reach the user; empty if there are none
 * @param requestedFrom the address that the request came from
 * @param correlationId of the HTTP request that started it
 * @param createdAt the moment of the request, in seconds since the epoch
 * @param expiresAt the moment from which no decision is taken, in seconds since the epoch
 * @param terms what is asked of the person who decides
 * @param reserved what it holds of limits until it is decided
 * @param link what its first link is found by: {@link #ID}, or the key under which it is kept;
 *     empty if nobody has got one that opens it
 */
public record AuthenticationRequest(
        String id,
        String realmId,
        String clientId,
        String userId,
        String channel,
        Optional<PolicyFacts> policy,
        String scope,
        Optional<String> clientHash,
        Optional<String> acrValues,
        Optional<String> bindingMessage,
        Optional<String> details,
        Optional<String> resource,
        RequestContext context,
        Optional<OneTimeUse> once,
        Optional<String> addressHash,
        Optional<ToldAttributes> told,
        String requestedFrom,
        String correlationId,
        long createdAt,
        long expiresAt,
        ApprovalTerms terms,
        ReservedSlots reserved,
        Optional<String> link) {
    /** The id, which is a hash of the link's secret. */
    static final String ID = "id";

    // short: they are kept with each request
    private static final String REALM = "rid";
    private static final String CLIENT = "cid";
    private static final String USER = "uid";
    private static final String CHANNEL = "via";
    private static final String SCOPE = "scope";
    private static final String CLIENT_HASH = "hash";
    private static final String ACR_VALUES = "acr";
    private static final String BINDING_MESSAGE = "message";
    private static final String DETAILS = "details";
    private static final String RESOURCE = "resource";
    private static final String ADDRESS_HASH = "mail";
    private static final String TOLD = "told";
    private static final String REQUESTED_FROM = "from";
    private static final String CORRELATION_ID = "call";
    private static final String CREATED_AT = "iat";
    private static final String EXPIRES_AT = "exp";
    private static final String LINK = "link";

    /** The id as people and events see it. */
    public String authReqId() {
        return RequestIds.shown(id);
    }

    /** The short code by which people tell it from others. */
    public String code() {
        return RequestIds.code(authReqId());
    }

    /** What is asked for in detail (RFC 9396). */
    public Optional<AuthorizationDetails> authorizationDetails() {
        return details.map(AuthorizationDetails::accepted);
    }

    /** What an approval of it gives. */
    public RequestKind kind() {
        if (RequestIds.isOfRule(id)) {
            return RequestKind.ONCE;
        }
        return details.isPresent() ? RequestKind.DETAILS : RequestKind.ACCESS;
    }

    /** What the token is asked for (RFC 8707). */
    public Optional<ResourceIndicators> resources() {
        return resource.map(ResourceIndicators::accepted);
    }

    public boolean isExpired() {
        return ServerClock.seconds() >= expiresAt;
    }

    /** Whether it is decided on the pack's page; another server decides the others. */
    public boolean hasPage() {
        return !terms.equals(ApprovalTerms.NONE);
    }

    /** Whether the user finds the request in the inbox and gets no e-mail. */
    public boolean isForInboxOnly() {
        return reserved.place()
                .filter(place -> place.notice() == PendingSlots.Notice.INBOX)
                .isPresent();
    }

    /** Whether the user is still reached where the request is sent to, by each of its channels. */
    public boolean addressUnchanged(UserModel user) {
        return emailUnchanged(user)
                && told.map(attributes -> attributes.areStillOf(user)).orElse(true);
    }

    /** Whether the user still has the e-mail address that the request was sent to. */
    public boolean emailUnchanged(UserModel user) {
        return addressHash.isEmpty()
                || (user.getEmail() != null
                        && addressHash.get().equals(Hashes.compact(user.getEmail())));
    }

    /** Makes an event one about this request; none of what it tells is a secret. */
    public EventBuilder describe(EventBuilder event, RealmModel realm) {
        authorizationDetails().ifPresent(asked -> asked.describe(event));
        resources().ifPresent(asked -> asked.describe(event));
        policy.ifPresent(facts -> facts.addTo(event));
        bindingMessage.ifPresent(message -> event.detail(CibaEvents.BINDING_MESSAGE, message));
        ClientModel client = realm.getClientById(clientId);
        String name = client == null ? null : client.getClientId();
        return event.client(name)
                .user(userId)
                .detail(CibaEvents.AUTH_REQ_ID, authReqId())
                .detail(CibaEvents.CLIENT, name)
                .detail(CibaEvents.CHANNEL, channel)
                .detail(CibaEvents.REQUESTED_SCOPE, scope)
                .detail(CibaEvents.REQUESTER_IP, requestedFrom);
    }

    /** The same request over another channel. */
    public AuthenticationRequest over(String otherChannel) {
        if (otherChannel.equals(channel)) {
            return this;
        }
        Map<String, String> notes = toNotes();
        notes.put(CHANNEL, otherChannel);
        return of(id, notes);
    }

    /** Whether the link opens it whose secret has its id as the hash. */
    boolean isOpenedByItsId() {
        return link.filter(ID::equals).isPresent();
    }

    /** As it is kept, with its first link. */
    Map<String, String> toNotes(String firstLink) {
        Map<String, String> notes = toNotes();
        notes.put(LINK, firstLink);
        return notes;
    }

    Map<String, String> toNotes() {
        Map<String, String> notes = toReceiptNotes();
        clientHash.ifPresent(hash -> notes.put(CLIENT_HASH, hash));
        acrValues.ifPresent(acr -> notes.put(ACR_VALUES, acr));
        notes.putAll(context.toNotes());
        addressHash.ifPresent(hash -> notes.put(ADDRESS_HASH, hash));
        told.ifPresent(attributes -> notes.put(TOLD, attributes.serialized()));
        notes.put(REQUESTED_FROM, requestedFrom);
        notes.put(CORRELATION_ID, correlationId);
        notes.putAll(reserved.toNotes());
        link.ifPresent(key -> notes.put(LINK, key));
        return notes;
    }

    /** The notes of what a receipt tells: all that the user was shown, and the client asked for. */
    Map<String, String> toReceiptNotes() {
        Map<String, String> notes = lastingNotes();
        notes.put(SCOPE, scope);
        bindingMessage.ifPresent(message -> notes.put(BINDING_MESSAGE, message));
        details.ifPresent(json -> notes.put(DETAILS, json));
        resource.ifPresent(uris -> notes.put(RESOURCE, uris));
        once.ifPresent(use -> notes.putAll(use.toNotes()));
        return notes;
    }

    /**
     * The notes of what is needed to revoke an approval; they stay long after the request, so they
     * hold nothing of any length.
     *
     * @param until the end of that, in seconds since the epoch
     */
    Map<String, String> toLastingNotes(long until) {
        Map<String, String> notes = lastingNotes();
        notes.put(EXPIRES_AT, Long.toString(until));
        return notes;
    }

    private Map<String, String> lastingNotes() {
        Map<String, String> notes = new HashMap<>();
        notes.put(REALM, realmId);
        notes.put(CLIENT, clientId);
        notes.put(USER, userId);
        notes.put(CHANNEL, channel);
        policy.ifPresent(facts -> notes.putAll(facts.toNotes()));
        notes.put(CREATED_AT, Long.toString(createdAt));
        notes.put(EXPIRES_AT, Long.toString(expiresAt));
        if (isOpenedByItsId()) {
            notes.put(LINK, ID);
        }
        notes.putAll(terms.toNotes());
        return notes;
    }

    static AuthenticationRequest of(String id, Map<String, String> notes) {
        return new AuthenticationRequest(
                id,
                notes.get(REALM),
                notes.get(CLIENT),
                notes.get(USER),
                notes.get(CHANNEL),
                PolicyFacts.of(notes),
                notes.get(SCOPE),
                Optional.ofNullable(notes.get(CLIENT_HASH)),
                Optional.ofNullable(notes.get(ACR_VALUES)),
                Optional.ofNullable(notes.get(BINDING_MESSAGE)),
                Optional.ofNullable(notes.get(DETAILS)),
                Optional.ofNullable(notes.get(RESOURCE)),
                RequestContext.of(notes),
                OneTimeUse.of(notes),
                Optional.ofNullable(notes.get(ADDRESS_HASH)),
                Optional.ofNullable(notes.get(TOLD)).map(ToldAttributes::parse),
                notes.get(REQUESTED_FROM),
                notes.get(CORRELATION_ID),
                Long.parseLong(notes.get(CREATED_AT)),
                Long.parseLong(notes.get(EXPIRES_AT)),
                ApprovalTerms.of(notes),
                ReservedSlots.of(notes),
                Optional.ofNullable(notes.get(LINK)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.Entries;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/** How far requests have come on their way to a decision: delivered, opened, seen by the user. */
public final class RequestProgress {
    private static final String CHANNEL = "channel";

    private final KeycloakSession session;
    private final SingleUseObjectProvider store;
    private final Entries entries;

    public RequestProgress(KeycloakSession session) {
        this.session = session;
        this.store = session.singleUseObjects();
        this.entries = new Entries(store);
    }

    /**
     * The message of a request has left, which is after the request is stored.
     *
     * @param request over the message's channel
     * @param tries how often it was tried
     */
    public void delivered(AuthenticationRequest request, int tries) {
        entries.put(
                deliveredKey(request.id()), lifespan(request), Map.of(CHANNEL, request.channel()));
        new RequestEvent.Delivered(session, request, tries).publish();
    }

    /** The channel that is known to have delivered a request after it was stored. */
    public Optional<String> deliveredBy(String requestId) {
        return entries.get(deliveredKey(requestId)).map(notes -> notes.get(CHANNEL));
    }

    /**
     * The page of a request is opened. The first time counts, as mail scanners open links again and
     * again; whether a person or a scanner was first, nobody can tell.
     */
    public void opened(AuthenticationRequest request) {
        if (store.putIfAbsent(openedKey(request.id()), Requests.lifespan(request))) {
            new RequestEvent.Opened(session, request).publish();
        }
    }

    /** Whether the page of a request has been opened, by the user or by a mail scanner. */
    public boolean isOpened(String requestId) {
        return store.contains(openedKey(requestId));
    }

    /** The user, signed in, looks at a request: no mail scanner does. */
    public void seenByUser(AuthenticationRequest request) {
        store.putIfAbsent(seenKey(request.id()), lifespan(request));
    }

    public boolean isSeenByUser(String requestId) {
        return store.contains(seenKey(requestId));
    }

    /** Of what may come when the request is just over. */
    private static long lifespan(AuthenticationRequest request) {
        return Math.max(1, Requests.lifespan(request));
    }

    private static String deliveredKey(String requestId) {
        return "ciba.delivered." + requestId;
    }

    private static String openedKey(String requestId) {
        return "ciba.opened." + requestId;
    }

    private static String seenKey(String requestId) {
        return "ciba.seen." + requestId;
    }
}

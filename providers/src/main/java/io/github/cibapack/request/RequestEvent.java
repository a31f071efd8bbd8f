// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * What has happened to a request, told once by the package that keeps it, through Keycloak's own
 * session factory. Who changes a request does not know who listens.
 *
 * <p>An event is true when it is published: a decision, a revocation and an expiry have been
 * committed on their own, the start and the redemption with the session at hand; a message has
 * left, and a page is opened, whatever becomes of the session. So listeners act at once.
 */
public sealed interface RequestEvent extends ProviderEvent {

    /** The session in which it happened, with the realm in its context. */
    KeycloakSession session();

    AuthenticationRequest request();

    @Override
    default KeycloakSession getKeycloakSession() {
        return session();
    }

    /** Tells the listeners, one after the other. */
    default void publish() {
        session().getKeycloakSessionFactory().publish(this);
    }

    /**
     * Listens to the events of requests.
     *
     * @param told what fails in it is logged and stops neither another listener nor who publishes
     */
    static ProviderEventListener listener(Consumer<RequestEvent> told) {
        return any -> {
            if (any instanceof RequestEvent event) {
                try {
                    told.accept(event);
                } catch (RuntimeException e) {
                    Logger.getLogger(RequestEvent.class)
                            .errorf(
                                    "A listener has failed for request %s: %s",
                                    event.request().authReqId(), e.getClass().getName());
                }
            }
        };
    }

    /** A user, and no decoy, is asked. */
    record Accepted(KeycloakSession session, AuthenticationRequest request)
            implements RequestEvent {}

    /**
     * The other side of a channel with messages has taken one; the other channels deliver within
     * the start.
     *
     * @param request over the message's channel
     * @param tries how often the message was tried
     */
    record Delivered(KeycloakSession session, AuthenticationRequest request, int tries)
            implements RequestEvent {}

    /** The page was opened for the first time. */
    record Opened(KeycloakSession session, AuthenticationRequest request) implements RequestEvent {}

    /**
     * It was decided, by the user, another server, an admin, its client, or because nobody could be
     * reached.
     *
     * @param code Keycloak's entry, as it is now
     * @param details how it came about, as details of an event
     */
    record Decided(
            KeycloakSession session,
            AuthenticationRequest request,
            OAuth2DeviceCodeModel code,
            Outcome outcome,
            Map<String, String> details)
            implements RequestEvent {}

    /** Nobody has decided in time. */
    record Expired(KeycloakSession session, AuthenticationRequest request)
            implements RequestEvent {}

    /** Its approval was used: for tokens, or to let a call pass. */
    record Redeemed(KeycloakSession session, AuthenticationRequest request)
            implements RequestEvent {}

    /**
     * The user has revoked the approval.
     *
     * @param login the login that this rests on, if any
     */
    record Revoked(
            KeycloakSession session,
            AuthenticationRequest request,
            RevocationResult result,
            Optional<Login> login)
            implements RequestEvent {}
}

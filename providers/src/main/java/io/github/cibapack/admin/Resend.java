// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.channel.CibaChannelProvider;
import io.github.cibapack.channel.CibaChannelProviderFactory;
import io.github.cibapack.channel.UnreachableException;
import io.github.cibapack.hint.UserEligibility;
import io.github.cibapack.notification.ThrottledException;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Requests;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;

/** Decides whether the e-mail of a request can be sent once more, and has it sent. */
final class Resend {
    private final KeycloakSession session;

    Resend(KeycloakSession session) {
        this.session = session;
    }

    /** Sends, or refuses with the reason. */
    void send(KnownRequest known) {
        AuthenticationRequest request = known.request();
        if (!wasMailed(request)) {
            throw conflict(
                    "no_mail", "The user was not asked by e-mail: there is nothing to send again");
        }
        requireSameUser(known);
        try {
            String secret = Requests.newSecret();
            Runnable send = channel(session).resend(request, secret, known.client(), known.user());
            new Requests(session).addLink(request, secret);
            send.run();
        } catch (UnreachableException e) {
            throw AdminError.because(
                    e.why().dependsOnUser()
                            ? Response.Status.CONFLICT
                            : Response.Status.SERVICE_UNAVAILABLE,
                    e.why().reason(),
                    e.why().sentence());
        } catch (ThrottledException e) {
            throw AdminError.throttled(e.policy(), e.limit().detail(), e.retryAfterSeconds());
        }
    }

    /** Not where another server asks the user, nor where the request waits in the inbox. */
    private static boolean wasMailed(AuthenticationRequest request) {
        return request.addressHash().isPresent() && !request.isForInboxOnly();
    }

    /** A mail is of no use if the request could not be redeemed for its user. */
    private void requireSameUser(KnownRequest known) {
        UserModel user = known.user();
        if (!known.request().addressUnchanged(user)) {
            throw conflict(
                    "address_changed",
                    "The user's address has changed since the request: it cannot be redeemed any"
                            + " more");
        }
        if (UserEligibility.of(session, Optional.of(user)) != UserEligibility.YES) {
            throw conflict("user_cannot_be_asked", "The user is disabled or locked");
        }
    }

    /** The pack's own channel, whichever is the server's default. */
    static CibaChannelProvider channel(KeycloakSession session) {
        if (session.getProvider(
                        AuthenticationChannelProvider.class, CibaChannelProviderFactory.PROVIDER_ID)
                instanceof CibaChannelProvider own) {
            return own;
        }
        throw AdminError.because(
                Response.Status.SERVICE_UNAVAILABLE,
                "no_channel",
                "The channel '%s' is not loaded".formatted(CibaChannelProviderFactory.PROVIDER_ID));
    }

    private static RuntimeException conflict(String error, String sentence) {
        return AdminError.because(Response.Status.CONFLICT, error, sentence);
    }
}

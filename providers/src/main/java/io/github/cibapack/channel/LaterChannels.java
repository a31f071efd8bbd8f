// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.Fallback;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.util.JsonSerialization;

/**
 * The channels that come after e-mail, for a mail that turns out to be undeliverable when the
 * request has long been answered. Plain values only, as nothing of the request's session outlives
 * it.
 */
final class LaterChannels implements Fallback {
    private final CibaPolicy policy;
    private final String request;
    private final String clientId;
    private final String userId;
    private final String info;
    private final List<Channel> channels;

    private LaterChannels(
            CibaPolicy policy,
            CIBAAuthenticationRequest request,
            String info,
            List<Channel> channels) {
        this.policy = policy;
        this.request = written(request);
        this.clientId = request.getClient().getId();
        this.userId = request.getUser().getId();
        this.info = info;
        this.channels = channels;
    }

    /** What is left where e-mail fails; nothing where it is the last channel. */
    static Optional<Fallback> behindEmail(
            CibaPolicy policy, CIBAAuthenticationRequest request, String info) {
        List<Channel> all = policy.channels();
        List<Channel> left = all.subList(all.indexOf(Channel.EMAIL) + 1, all.size());
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new LaterChannels(policy, request, info, left));
    }

    @Override
    public Optional<String> takeOver(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = realm.getClientById(clientId);
        UserModel user = session.users().getUserById(realm, userId);
        if (client == null || !client.isEnabled() || user == null || !user.isEnabled()) {
            return Optional.empty();
        }
        session.getContext().setClient(client);
        CIBAAuthenticationRequest again = read();
        again.setClient(client);
        again.setUser(user);
        return channels.stream()
                .filter(channel -> takesOver(session, channel, again))
                .findFirst()
                .map(Channel::value);
    }

    private boolean takesOver(
            KeycloakSession session, Channel channel, CIBAAuthenticationRequest again) {
        try {
            if (channel == Channel.HTTP) {
                HttpChannel http = new HttpChannel(session, policy);
                http.requireUsable(again);
                http.ask(again, info);
            } else {
                // the request stands in the list already
                new InboxChannel(session, policy).requireUsable(again);
            }
            return true;
        } catch (UnreachableException e) {
            return false;
        }
    }

    private static String written(CIBAAuthenticationRequest request) {
        try {
            return JsonSerialization.writeValueAsString(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CIBAAuthenticationRequest read() {
        try {
            return JsonSerialization.readValue(request, CIBAAuthenticationRequest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Never prints what was asked. */
    @Override
    public String toString() {
        return "LaterChannels" + channels;
    }
}

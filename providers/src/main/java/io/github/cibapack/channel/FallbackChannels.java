// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.Fallback;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.request.Requests;
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
final class FallbackChannels implements Fallback {
    private final CibaPolicy policy;
    private final String requestId;
    private final String asked;
    private final String clientId;
    private final String userId;
    private final String info;
    private final List<ChannelType> channels;

    private FallbackChannels(
            CibaPolicy policy, OutgoingRequest outgoing, List<ChannelType> channels) {
        this.policy = policy;
        this.requestId = outgoing.request().id();
        this.asked = written(outgoing.asked());
        this.clientId = outgoing.request().clientId();
        this.userId = outgoing.request().userId();
        this.info = outgoing.info();
        this.channels = channels;
    }

    /** What is left where e-mail fails; nothing where it is the last channel. */
    static Optional<Fallback> behindEmail(CibaPolicy policy, OutgoingRequest outgoing) {
        List<ChannelType> all = policy.channels();
        List<ChannelType> left = all.subList(all.indexOf(ChannelType.EMAIL) + 1, all.size());
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new FallbackChannels(policy, outgoing, left));
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
        // the link of the mail is of no use to the channels that are left
        return new Requests(session)
                .find(requestId)
                .map(request -> new OutgoingRequest(request, again, "", info))
                .flatMap(
                        outgoing ->
                                channels.stream()
                                        .filter(type -> takesOver(session, type, outgoing))
                                        .findFirst())
                .map(ChannelType::value);
    }

    private boolean takesOver(KeycloakSession session, ChannelType type, OutgoingRequest outgoing) {
        // the request stands in the list already
        Channel channel =
                type == ChannelType.HTTP
                        ? new HttpChannel(session, policy)
                        : new InboxChannel(session, policy);
        try {
            channel.check(outgoing.user(), outgoing.request().terms());
            channel.deliver(outgoing).run();
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
            return JsonSerialization.readValue(asked, CIBAAuthenticationRequest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Never prints what was asked. */
    @Override
    public String toString() {
        return "FallbackChannels" + channels;
    }
}

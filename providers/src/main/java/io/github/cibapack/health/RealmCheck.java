// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.health;

import io.github.cibapack.details.RegisteredDetails;
import io.github.cibapack.health.Contradiction.Kind;
import io.github.cibapack.policy.AllowedPolicy;
import io.github.cibapack.policy.ApprovalMode;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.text.LogLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/** Looks for contradictions in the settings of one realm and of its CIBA clients. */
public final class RealmCheck {
    private final RealmModel realm;
    private final CibaPolicies policies;
    private final Function<ClientModel, Optional<String>> loginRefusal;

    /** By sentence, as many clients may have the same one. */
    private final Map<String, Contradiction> found = new LinkedHashMap<>();

    /**
     * A check of a realm.
     *
     * @param loginRefusal why the login through a client would be refused; empty if it would not
     *     be, or nobody can tell
     */
    public RealmCheck(RealmModel realm, Function<ClientModel, Optional<String>> loginRefusal) {
        this.realm = realm;
        this.loginRefusal = loginRefusal;
        this.policies = new CibaPolicies(realm);
    }

    /**
     * What was found.
     *
     * @param clients how many clients were looked at
     * @param isComplete whether these were all
     */
    public record Findings(List<Contradiction> contradictions, int clients, boolean isComplete) {
        public Findings {
            contradictions = List.copyOf(contradictions);
        }
    }

    /**
     * Looks through the realm.
     *
     * @param mostClients how many clients to look at, with the CIBA grant or without: Keycloak lets
     *     attributes be searched for only where the server's options say so
     */
    public Findings run(int mostClients) {
        List<ClientModel> clients = realm.getClientsStream(0, mostClients + 1).toList();
        List<ClientModel> looked = clients.stream().limit(mostClients).toList();
        looked.stream()
                .filter(ClientModel::isEnabled)
                .filter(realm.getCibaPolicy()::isOIDCCIBAGrantEnabled)
                .forEach(this::check);
        LoginClient.of(realm).ifPresent(this::checkLoginThrough);
        RegisteredDetails.flaws(realm).forEach(this::add);
        return new Findings(
                new ArrayList<>(found.values()), looked.size(), clients.size() == looked.size());
    }

    private void check(ClientModel client) {
        checkPolicies(client);
        checkPing(client);
        if (client.isPublicClient()) {
            add(
                    Kind.PUBLIC_CLIENT,
                    client,
                    "is public and has the CIBA grant: it is refused; switch client authentication"
                            + " on, or the grant off");
        }
    }

    private void checkPolicies(ClientModel client) {
        try {
            List<AllowedPolicy> allowed = policies.allowedTo(client);
            allowed.forEach(policy -> checkPolicy(client, policy.entry()));
            if (allowed.isEmpty()) {
                checkPolicy(client, policies.builtIn());
            }
        } catch (InvalidSettingException e) {
            cannotStart(Kind.INVALID_SETTING, client, e);
        }
    }

    private void checkLoginThrough(ClientModel client) {
        Optional<String> why = loginRefusal.apply(client);
        if (why.isPresent()) {
            add(
                    Kind.LOGIN_REFUSED,
                    Optional.of(client.getClientId()),
                    "nobody can sign in on the approval page: the login through client '%s' is refused (%s); leave the client out of the client policies that ask for it"
                            .formatted(client.getClientId(), why.get()));
        }
    }

    private void checkPing(ClientModel client) {
        CibaConfig ciba = realm.getCibaPolicy();
        String endpoint = ciba.getBackchannelClientNotificationEndpoint(client);
        if (CibaConfig.CIBA_PING_MODE.equals(ciba.getBackchannelTokenDeliveryMode(client))
                && (endpoint == null || endpoint.isBlank())) {
            add(
                    Kind.NO_NOTIFICATION_ENDPOINT,
                    client,
                    "is in ping mode and has no %s: it is never notified"
                            .formatted(CibaConfig.CIBA_BACKCHANNEL_CLIENT_NOTIFICATION_ENDPOINT));
        }
    }

    private void checkPolicy(ClientModel client, String entry) {
        try {
            Optional<CibaPolicy> policy = policies.find(entry);
            if (policy.isPresent()) {
                checkPolicy(client, policy.get());
            } else {
                add(
                        Kind.UNKNOWN_POLICY,
                        client,
                        "names the CIBA policy '%s', which is not there: create it, or change the client's %s"
                                .formatted(entry, CibaPolicies.CLIENT_ATTRIBUTE));
            }
        } catch (InvalidSettingException e) {
            cannotStart(Kind.INVALID_SETTING, client, e);
        }
    }

    private void checkPolicy(ClientModel client, CibaPolicy policy) {
        checkChannel(policy);
        checkLogin(policy);
        checkLimits(client, policy);
    }

    private void checkChannel(CibaPolicy policy) {
        if (policy.channel().is(ChannelType.EMAIL) && realm.getSmtpConfig().isEmpty()) {
            add(
                    Kind.NO_MAIL_SERVER,
                    Optional.empty(),
                    "it has CIBA clients whose users are reached by e-mail, and no mail server:"
                            + " fill in 'Realm settings → Email'");
        }
    }

    private void checkLogin(CibaPolicy policy) {
        if (policy.get(CibaPolicyFactory.APPROVAL_MODE) != ApprovalMode.LINK
                && LoginClient.of(realm).isEmpty()) {
            add(
                    Kind.NO_LOGIN_CLIENT,
                    Optional.empty(),
                    ("CIBA policy '%s' asks for a login, and the realm attribute %s names no client"
                                    + " to sign in through")
                            .formatted(policy.name(), LoginClient.REALM_ATTRIBUTE));
        }
    }

    private void checkLimits(ClientModel client, CibaPolicy policy) {
        try {
            new NotificationPolicies(realm).of(client, policy);
        } catch (InvalidSettingException e) {
            cannotStart(Kind.UNKNOWN_NOTIFICATION_POLICY, client, e);
        }
    }

    private void cannotStart(Kind kind, ClientModel client, InvalidSettingException e) {
        add(kind, client, "cannot start requests: " + e.getMessage());
    }

    /** What is wrong with a client; the sentence begins with it. */
    private void add(Kind kind, ClientModel client, String what) {
        String id = client.getClientId();
        add(kind, Optional.of(id), "client '%s' %s".formatted(LogLine.of(id), what));
    }

    private void add(RegisteredDetails.Flaw flaw) {
        add(
                Kind.INVALID_SETTING,
                Optional.empty(),
                "client scope '%s': %s cannot be used: %s"
                        .formatted(
                                LogLine.of(flaw.scope()),
                                LogLine.of(flaw.attribute()),
                                LogLine.of(flaw.words())));
    }

    private void add(Kind kind, Optional<String> client, String sentence) {
        found.putIfAbsent(sentence, new Contradiction(kind, client, sentence));
    }
}

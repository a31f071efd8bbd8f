// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.PasswordLogin;
import io.github.cibapack.it.server.SeenSecrets;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/**
 * A bank in a realm: an app whose users have access tokens, and a client that asks for approval.
 */
final class Bank {
    static final String GATEWAY_SECRET = "the-gateway-and-nobody-else";
    static final String ASKING_CLIENT = "bank-approvals";
    static final String APP = "bank-app";

    private static final String APP_SECRET = "bank-app-secret";
    private static final String BRIEF_APP = "bank-app-brief";
    private static final int BRIEF_SECONDS = 2;
    private static final Duration SOON = Duration.ofSeconds(20);

    private Bank() {}

    /** Adds the bank's clients to a realm. */
    static void open(RealmDocument realm) {
        SeenSecrets.add(GATEWAY_SECRET);
        realm.addClient(ASKING_CLIENT, "bank-approvals-secret").put("name", "Bank");
        ObjectNode app = realm.addClient(APP, APP_SECRET);
        app.put("directAccessGrantsEnabled", true);
        app.withObjectProperty("attributes").put("oidc.ciba.grant.enabled", "false");
        ObjectNode brief = realm.addClient(BRIEF_APP, APP_SECRET);
        brief.put("directAccessGrantsEnabled", true);
        brief.withObjectProperty("attributes")
                .put("oidc.ciba.grant.enabled", "false")
                .put("access.token.lifespan", String.valueOf(BRIEF_SECONDS));
    }

    /**
     * Adds a rule.
     *
     * @param settings key, value, key, value, …
     */
    static void rule(RealmDocument realm, String name, String... settings) {
        String[] all = new String[settings.length + 6];
        all[0] = "name";
        all[1] = name;
        all[2] = "clientId";
        all[3] = ASKING_CLIENT;
        all[4] = "gatewaySecret";
        all[5] = GATEWAY_SECRET;
        System.arraycopy(settings, 0, all, 6, settings.length);
        realm.component("ciba-one-time-rule", all);
    }

    /** An access token of a user of the app. */
    static String tokenOf(RealmFixture realm, String username) {
        return tokenOf(HttpClient.newHttpClient(), realm.url("").toString(), username);
    }

    /** An access token that is good for two seconds. */
    static String briefTokenOf(RealmFixture realm, String username) {
        return new PasswordLogin(realm.url(""), BRIEF_APP, APP_SECRET)
                .tokenOf(username, username + "-password");
    }

    /** The same over a client of the caller's own, which trusts the server's certificate. */
    static String tokenOf(HttpClient http, String issuer, String username) {
        return new PasswordLogin(URI.create(issuer), APP, APP_SECRET)
                .tokenOf(username, username + "-password", http);
    }

    /** The mail of the newest request; its id is in the audit alone. */
    static ReceivedMail mailOf(RealmFixture realm, Answer pending) {
        assertThat(pending.status()).as(pending.body()).isEqualTo(401);
        String newest =
                realm.admin().events(realm.name()).stream()
                        .map(event -> event.path("details"))
                        .filter(details -> "requested".equals(details.path("ciba_event").asText()))
                        .findFirst()
                        .orElseThrow()
                        .path("auth_req_id")
                        .asText();
        ForwardAuth.transaction(pending);
        return realm.mailbox().awaitMailFor(newest);
    }

    static ReceivedMail mailFor(RealmFixture realm, String message) {
        return realm.mailbox().await(mail -> mail.text().contains(message), SOON);
    }
}

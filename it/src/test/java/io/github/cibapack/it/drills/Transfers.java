// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.PasswordLogin;
import java.net.http.HttpRequest;

/** A rule for transfers, an app that makes them, and the checks of the gateway between the two. */
final class Transfers {
    private static final String APP = "bank-app";
    private static final String GATEWAY_SECRET = "the-gateway-and-nobody-else";

    private Transfers() {}

    static void prepare(RealmDocument realm) {
        realm.addClient(APP, APP + "-secret").put("directAccessGrantsEnabled", true);
        realm.component(
                "ciba-one-time-rule",
                "name",
                "transfers",
                "clientId",
                "gas-pump",
                "gatewaySecret",
                GATEWAY_SECRET);
    }

    /** A token of the app for a user. */
    static String tokenOf(ServerAndDatabase here, String user) {
        return new PasswordLogin(here.url(""), APP, APP + "-secret")
                .tokenOf(user, "alice-password");
    }

    /**
     * A check of the gateway.
     *
     * @param uri what the app has called
     */
    static HttpRequest.Builder check(ServerAndDatabase here, String uri, String token) {
        return HttpRequest.newBuilder(here.url("/one-time-authorization/transfers"))
                .header("X-Gateway-Secret", GATEWAY_SECRET)
                .header("X-Forwarded-Method", "POST")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "api.example")
                .header("X-Forwarded-Uri", uri)
                .header("X-Forwarded-For", "198.51.100.7")
                .header("Authorization", "Bearer " + token);
    }
}

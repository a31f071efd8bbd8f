// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.realm.RealmDocument;
import java.time.Instant;
import org.awaitility.Awaitility;

/** CIBA policies and what they need, put into a realm before it is imported. */
public final class Policies {

    /** The client of the shipped realm that people sign in through on the page. */
    public static final String LOGIN_CLIENT = "ciba-approval";

    private Policies() {}

    /** A policy of this name with these settings. */
    public static void add(RealmDocument realm, String name, String... keysAndValues) {
        ObjectNode component =
                realm.json()
                        .withObjectProperty("components")
                        .withArrayProperty("org.keycloak.services.ui.extend.UiPageProvider")
                        .addObject();
        component.put("name", name).put("providerId", "ciba-policy");
        ObjectNode config = component.putObject("config");
        config.putArray("name").add(name);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            config.putArray(keysAndValues[i]).add(keysAndValues[i + 1]);
        }
    }

    /** Names no client that people sign in through, unlike the shipped realm. */
    public static void removeLoginClient(RealmDocument realm) {
        realm.json().withObjectProperty("attributes").remove("ciba.login.client");
    }

    /** A user with a verified address and the password {@code <name>-password}. */
    public static void addUserWithPassword(RealmDocument realm, String username) {
        ObjectNode user = realm.addUser(username);
        ((ObjectNode) user.path("credentials").get(0)).put("value", username + "-password");
    }

    /** Fills in Keycloak's login form. */
    public static void signIn(Page page, String username) {
        page.fill("input[name=username]", username);
        page.fill("input[name=password]", username + "-password");
        page.click("#kc-login");
    }

    /** Keycloak notes a login to the second, and one of the request's own second is too old. */
    public static void awaitTheNextSecond() {
        long second = Instant.now().getEpochSecond();
        Awaitility.await().until(() -> Instant.now().getEpochSecond() > second);
    }
}

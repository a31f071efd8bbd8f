// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** A passkey that lives in the browser and whose owner always says yes. */
final class VirtualPasskey {

    private VirtualPasskey() {}

    /** Gives this page's browser a platform authenticator (WebAuthn Level 3, §11). */
    static void plugInto(Page page) {
        CDPSession devTools = page.context().newCDPSession(page);
        devTools.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject parameters = new JsonObject();
        parameters.add("options", options);
        devTools.send("WebAuthn.addVirtualAuthenticator", parameters);
    }

    /** Keycloak's page that makes a passkey; it asks for a name in a dialog. */
    static void register(Page page) {
        page.onDialog(dialog -> dialog.accept("test key"));
        press(page, "#registerWebAuthn");
    }

    /** Keycloak's page that asks for the passkey. */
    static void use(Page page) {
        press(page, "#authenticateWebAuthnButton");
    }

    /** The button does nothing until the page's scripts have run. */
    private static void press(Page page, String button) {
        page.waitForSelector(button);
        page.waitForLoadState();
        page.click(button);
    }
}

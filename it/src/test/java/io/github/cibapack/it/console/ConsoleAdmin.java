// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.console;

import io.github.cibapack.it.realm.RealmDocument;

/** An admin of one realm, who signs in to that realm's console with a password. */
final class ConsoleAdmin {

    static final String USERNAME = "olivia";
    static final String PASSWORD = "olivia-password";

    private ConsoleAdmin() {}

    static void addTo(RealmDocument realm) {
        var user = realm.addUser(USERNAME);
        user.put("firstName", "Olivia").put("lastName", "Owens");
        user.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", PASSWORD)
                .put("temporary", false);
        user.putObject("clientRoles").putArray("realm-management").add("realm-admin");
    }
}

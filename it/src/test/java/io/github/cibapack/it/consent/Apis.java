// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Answer;
import java.text.ParseException;
import java.util.List;

/** APIs of a test's realm, and what tokens say of them. */
public final class Apis {
    public static final String PAYMENTS = "https://api.example/payments";
    static final String ACCOUNTS = "https://api.example/accounts";
    static final String LOANS = "https://api.example/loans";
    static final String BY_ID = "urn:client:payments-api";

    private Apis() {}

    /** Tokens of both shipped clients are for payments and accounts, and for loans by a role. */
    public static void addTo(RealmDocument realm) {
        add(realm, "payments-api", "Payments API", PAYMENTS);
        add(realm, "accounts-api", "Accounts API", ACCOUNTS);
        add(realm, "loans-api", "Loans API", LOANS);
        for (String client : List.of("gas-pump", "gas-pump-post")) {
            for (String api : List.of("payments-api", "accounts-api")) {
                ObjectNode mapper =
                        realm.client(client)
                                .withArray("/protocolMappers")
                                .addObject()
                                .put("name", api)
                                .put("protocol", "openid-connect")
                                .put("protocolMapper", "oidc-audience-mapper");
                mapper.putObject("config")
                        .put("included.client.audience", api)
                        .put("access.token.claim", "true");
            }
        }
    }

    private static void add(RealmDocument realm, String clientId, String name, String url) {
        ObjectNode client = realm.addClient(clientId, clientId + "-secret");
        client.put("name", name);
        client.withObjectProperty("attributes").put("resource_url", url);
    }

    /** The claim {@code aud} of the access token. */
    static List<String> audience(Answer tokens) throws ParseException {
        return SignedJWT.parse(tokens.text("access_token")).getJWTClaimsSet().getAudience();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.receipt.ReceiptClaims;
import io.github.cibapack.receipt.ReceiptSigner;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Receipts;
import io.github.cibapack.time.ServerClock;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/**
 * A user's own receipt of an approval: a signed JWT of all that was asked, and how it was approved.
 * It opens nothing: its types are none that anybody takes for a token.
 */
final class ReceiptDownload {
    /** Below the page of the approval in the list. */
    static final String PATH = "receipt";

    private static final String TYPE = "approval-receipt+jwt";
    private static final String MEDIA_TYPE = "application/jwt";

    private final KeycloakSession session;
    private final RealmModel realm;

    ReceiptDownload(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The file; empty if the user has no such receipt. */
    Optional<Response> of(String userId, String authReqId) {
        return new Receipts(session)
                .latest(userId).stream()
                        .filter(approved -> approved.request().authReqId().equals(authReqId))
                        .filter(approved -> approved.request().userId().equals(userId))
                        .findFirst()
                        .map(this::file);
    }

    private Response file(Receipts.Approved approved) {
        String name = "approval-" + approved.request().code() + ".jwt";
        return Response.ok(
                        new ReceiptSigner(session).sign(TYPE, claims(approved)) + "\n", MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private JsonWebToken claims(Receipts.Approved approved) {
        AuthenticationRequest request = approved.request();
        URI base = session.getContext().getUri(UrlType.FRONTEND).getBaseUri();
        JsonWebToken claims =
                new JsonWebToken()
                        .id(KeycloakModelUtils.generateId())
                        .issuer(Urls.realmIssuer(base, realm.getName()))
                        .subject(request.userId())
                        .type("ApprovalReceipt")
                        .iat(ServerClock.seconds());
        ClientModel client = realm.getClientById(request.clientId());
        if (client != null) {
            claims.setOtherClaims("client_id", client.getClientId());
        }
        ReceiptClaims.of(realm, request, approved.outcome()).forEach(claims::setOtherClaims);
        return claims;
    }
}

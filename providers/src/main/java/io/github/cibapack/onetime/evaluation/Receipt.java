// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.provider.GrantedApproval;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.receipt.ReceiptSigner;
import io.github.cibapack.store.Hashes;
import io.github.cibapack.time.ServerClock;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.JsonWebToken;

/** A short-lived signed word to the API about what was approved, by whom, when and how. */
final class Receipt {
    private static final String TYPE = "one-time-authorization+jwt";
    private static final int LIFETIME_SECONDS = 60;

    private final KeycloakSession session;

    Receipt(KeycloakSession session) {
        this.session = session;
    }

    String of(OneTimeRule rule, GatewayCheck check, GrantedApproval approval) {
        JsonWebToken claims = new JsonWebToken();
        long now = ServerClock.seconds();
        claims.id(KeycloakModelUtils.generateId())
                .issuer(check.issuer())
                .subject(approval.subject())
                .audience(rule.name())
                .issuedFor(check.caller().clientId())
                .iat(now)
                .exp(now + LIFETIME_SECONDS);
        approval.claims().forEach(claims::setOtherClaims);
        claims.setOtherClaims("auth_req_id", approval.authReqId());
        claims.setOtherClaims("decided_at", approval.at());
        approval.acr().ifPresent(acr -> claims.setOtherClaims("acr", acr));
        approval.bindingMessage()
                .ifPresent(message -> claims.setOtherClaims("binding_message", message));
        claims.setOtherClaims("caller", check.caller().subject());
        claims.setOtherClaims("htm", check.original().method());
        claims.setOtherClaims(
                "htu_hash", Hashes.sha256(check.original().host() + check.original().uri()));
        check.original()
                .bodyDigest()
                .ifPresent(digest -> claims.setOtherClaims("content_digest", digest));
        return new ReceiptSigner(session).sign(TYPE, claims);
    }
}

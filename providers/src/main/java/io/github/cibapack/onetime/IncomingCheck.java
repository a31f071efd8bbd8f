// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.channel.LinkHost;
import io.github.cibapack.store.OneTimeTransactions;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/** Reads a check: whose gateway it is, which request it asks about, and who sent that. */
final class IncomingCheck {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    /** By these an API can be told to take the request for another one than was approved. */
    private static final List<String> OVERRIDES =
            List.of(
                    "X-HTTP-Method-Override",
                    "X-HTTP-Method",
                    "X-Method-Override",
                    "X-Rewrite-URL",
                    "X-Original-URL");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final HttpHeaders headers;

    IncomingCheck(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.headers = session.getContext().getHttpRequest().getHttpHeaders();
    }

    /**
     * The rule, for its own gateway: to all others it does not exist.
     *
     * @throws RefusedCheckException where the call is not from its gateway
     */
    OneTimeRule rule(String name) {
        if (!LinkHost.isWholeAddressKnown(session)) {
            throw new RefusedCheckException(
                    UNAVAILABLE,
                    "server_error",
                    "The server's hostname is not configured as a URL.");
        }
        return requireGateway(OneTimeRule.named(realm, name), name);
    }

    /**
     * As above, by the rule's internal id.
     *
     * @throws RefusedCheckException where the call is not from its gateway
     */
    OneTimeRule ruleWithId(String id) {
        return requireGateway(OneTimeRule.withId(realm, id), id);
    }

    private OneTimeRule requireGateway(Optional<OneTimeRule> rule, String asked) {
        GatewayIdentity identity = new GatewayIdentity(session.getContext().getHttpRequest());
        return rule.filter(identity::isGatewayOf)
                .orElseThrow(
                        () -> {
                            refused(asked, "gateway_not_authenticated");
                            return new RefusedCheckException(
                                    FORBIDDEN,
                                    "gateway_not_authenticated",
                                    "There is no such rule, or the call is not from its gateway.");
                        });
    }

    /**
     * The request that the gateway asks about.
     *
     * @throws RefusedCheckException where the rule's family of headers does not describe one
     */
    Original original(OneTimeRule rule) {
        Gateway gateway = rule.get(OneTimeRuleFactory.GATEWAY);
        URI uri = session.getContext().getUri().getRequestUri();
        Original original =
                gateway.original(
                                new Gateway.CheckCall(
                                        session.getContext().getHttpRequest().getHttpMethod(),
                                        only(HttpHeaders.HOST),
                                        rest(uri),
                                        this::only,
                                        this::joined))
                        .orElseThrow(
                                () -> {
                                    refused(rule.name(), "gateway_headers");
                                    return new RefusedCheckException(
                                            BAD_REQUEST,
                                            "invalid_request",
                                            "The headers of the rule's gateway do not describe a"
                                                    + " request.");
                                });
        if (OVERRIDES.stream().anyMatch(name -> original.header(name).isPresent())) {
            refused(rule.name(), "override_header");
            throw new RefusedCheckException(
                    BAD_REQUEST,
                    "invalid_request",
                    "The request has a header that gives it another method or URL.");
        }
        if (rule.get(OneTimeRuleFactory.REQUIRE_BODY_DIGEST)
                && !WITHOUT_BODY.contains(original.method())
                && !original.hasStrongDigest()) {
            refused(rule.name(), "no_body_digest");
            throw new RefusedCheckException(
                    BAD_REQUEST,
                    "invalid_request",
                    "The request needs a Content-Digest with sha-256 or sha-512 (RFC 9530).");
        }
        return original;
    }

    /**
     * All of the check, in plain values.
     *
     * @throws RefusedCheckException where the caller has no good token
     */
    Check check(OneTimeRule rule, Original original) {
        Caller caller =
                new CallerToken(session)
                        .caller(rule)
                        .orElseThrow(
                                () -> {
                                    refused(rule.name(), "invalid_token");
                                    return new RefusedCheckException(
                                            UNAUTHORIZED,
                                            "invalid_token",
                                            "The access token is missing or not good for this"
                                                    + " rule.");
                                });
        Check check =
                new Check(
                        realm.getId(),
                        rule.id(),
                        Urls.realmIssuer(
                                session.getContext().getUri().getBaseUri(), realm.getName()),
                        CorrelationId.of(session),
                        caller,
                        original,
                        new Question(original).whole(rule.bindingMessage()),
                        original.header(Headers.TRANSACTION),
                        original.wantsPage()
                                ? session.getContext().resolveLocale(null)
                                : Locale.ENGLISH);
        return withCookie(check);
    }

    /**
     * The check as a browser means it that loads a page anew: its transaction is in a cookie. One
     * that was used or never was is none, so that the page can be asked for again.
     */
    private Check withCookie(Check check) {
        if (check.transaction().isPresent() || !check.original().isPage()) {
            return check;
        }
        return Optional.ofNullable(headers.getCookies().get(check.cookie()))
                .map(Cookie::getValue)
                .filter(id -> new OneTimeTransactions(session).find(id).isPresent())
                .map(check::with)
                .orElse(check);
    }

    /** A header that is there once: of two values nobody can say which one the gateway meant. */
    private String only(String name) {
        List<String> values = headers.getRequestHeader(name);
        return values != null && values.size() == 1 ? values.get(0) : null;
    }

    /** A header of the caller's: what it sends twice is not the same as nothing. */
    private String joined(String name) {
        List<String> values = headers.getRequestHeader(name);
        return values == null || values.isEmpty() ? null : String.join(", ", values);
    }

    /** What follows the rule in the URL, as it was sent. */
    private static String rest(URI uri) {
        String marker = "/" + OneTimeResourceProviderFactory.PROVIDER_ID + "/";
        String path = uri.getRawPath();
        int slash = path.indexOf('/', path.indexOf(marker) + marker.length());
        String rest = slash < 0 ? "/" : path.substring(slash);
        return uri.getRawQuery() == null ? rest : rest + "?" + uri.getRawQuery();
    }

    private void refused(String rule, String reason) {
        AuditTrail.event(session, CibaEvent.GATEWAY_REFUSED)
                .detail(AuditTrail.RULE, AuditTrail.fromOutside(rule))
                .detail(AuditTrail.REASON, reason)
                .error(reason);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.channel.LinkHost;
import io.github.cibapack.onetime.gateway.Gateway;
import io.github.cibapack.onetime.gateway.Headers;
import io.github.cibapack.onetime.gateway.Original;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.store.OneTimeTransactions;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.keycloak.common.util.Encode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/** Reads a check: whose gateway it is, which request it asks about, and who sent that. */
public final class IncomingCheck {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private static final String PREFIX = "X-Forwarded-Prefix";

    /** By these an API can be told to take the request for another one than was approved. */
    private static final List<String> OVERRIDES =
            List.of(
                    "X-HTTP-Method-Override",
                    "X-HTTP-Method",
                    "X-Method-Override",
                    "X-Rewrite-URL",
                    "X-Original-URL");

    private static final List<String> SECRETS =
            List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.COOKIE, GatewayIdentity.SECRET_HEADER);

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final HttpHeaders headers;

    public IncomingCheck(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.headers = session.getContext().getHttpRequest().getHttpHeaders();
    }

    /**
     * The rule, for its own gateway: to all others it does not exist.
     *
     * @throws RefusedCheckException where the call is not from its gateway
     */
    public OneTimeRule rule(String name) {
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
    public OneTimeRule ruleWithId(String id) {
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
    public Original original(OneTimeRule rule) {
        Gateway gateway = rule.get(OneTimeRuleFactory.GATEWAY);
        Original original =
                gateway.original(
                                new Gateway.CheckCall(
                                        session.getContext().getHttpRequest().getHttpMethod(),
                                        only(HttpHeaders.HOST),
                                        rest(rule),
                                        this::only,
                                        sent()::get))
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
        return original;
    }

    /**
     * All of the check, in plain values, of a request that needs an approval.
     *
     * @throws RefusedCheckException where the caller has no good token, or no digest of its body
     *     though the rule requires one
     */
    public Check check(OneTimeRule rule, Original original) {
        if (rule.get(OneTimeRuleFactory.REQUIRE_BODY_DIGEST)
                && !WITHOUT_BODY.contains(original.method())
                && !original.hasStrongDigest()) {
            refused(rule.name(), "no_body_digest");
            throw new RefusedCheckException(
                    BAD_REQUEST,
                    "invalid_request",
                    "The request needs a Content-Digest (RFC 9530) with sha-256 or sha-512.");
        }
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
                        question(rule, original),
                        original.header(Headers.TRANSACTION),
                        original.wantsPage()
                                ? session.getContext().resolveLocale(null)
                                : Locale.ENGLISH);
        return check.transaction().isEmpty() && original.isPage()
                ? cookie(check).map(check::with).orElse(check)
                : check;
    }

    /** What the user would be asked; where that cannot be shown whole, nobody is asked. */
    private String question(OneTimeRule rule, Original original) {
        try {
            return new Question(original).text(rule.question());
        } catch (UnfitQuestionException e) {
            refused(rule.name(), e.reason());
            throw new RefusedCheckException(BAD_REQUEST, "invalid_request", e.sentence());
        }
    }

    /**
     * A browser that loads a page anew has the transaction in a cookie. Nobody chose to send it, so
     * one that was used up asks for no more than none.
     */
    private Optional<String> cookie(Check check) {
        return Optional.ofNullable(headers.getCookies().get(check.cookie()))
                .map(Cookie::getValue)
                .filter(id -> new OneTimeTransactions(session).find(id).isPresent());
    }

    /** A header that is there once: of two values nobody can say which one the gateway meant. */
    private String only(String name) {
        List<String> values = headers.getRequestHeader(name);
        return values != null && values.size() == 1 ? values.get(0) : null;
    }

    /** The caller's headers without its secrets, free of the HTTP request, which may end before. */
    private Map<String, String> sent() {
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.getRequestHeaders().keySet().stream()
                .filter(name -> SECRETS.stream().noneMatch(name::equalsIgnoreCase))
                .forEach(name -> sent.put(name, joined(name)));
        return sent;
    }

    /** A header of the caller's: what it sends twice is not the same as nothing. */
    private String joined(String name) {
        List<String> values = headers.getRequestHeader(name);
        return values == null || values.isEmpty() ? null : String.join(", ", values);
    }

    /**
     * What follows the rule in the URL, as it was sent; null where the URL was put together by
     * somebody else than the gateway: it was normalized into another rule's, or the server takes a
     * part of it from a header.
     */
    private String rest(OneTimeRule rule) {
        URI uri = session.getContext().getUri().getRequestUri();
        String marker = "/" + OneTimeRule.CHECKS + "/";
        String path = uri.getRawPath();
        int start = path.indexOf(marker) + marker.length();
        int slash = path.indexOf('/', start);
        String segment = slash < 0 ? path.substring(start) : path.substring(start, slash);
        if (joined(PREFIX) != null || !Encode.decodePath(segment).equals(rule.name())) {
            return null;
        }
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

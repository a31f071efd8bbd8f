// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.channel.MagicLink;
import io.github.cibapack.onetime.gateway.Gateway;
import io.github.cibapack.onetime.gateway.Headers;
import io.github.cibapack.onetime.gateway.OriginalRequest;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.gateway.SentHeaders;
import io.github.cibapack.onetime.rule.BodyCondition;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.onetime.transaction.OneTimeTransactions;
import io.github.cibapack.text.UnfitException;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.common.util.Encode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/** Reads a check: whose gateway it is, which request it asks about, and who sent that. */
public final class IncomingCheck {

    private static final String PREFIX = "X-Forwarded-Prefix";

    /** Nobody needs them once it is known who has called. */
    private static final Set<String> SECRETS =
            Set.of(HttpHeaders.AUTHORIZATION, HttpHeaders.COOKIE, Headers.SECRET);

    /** Lists, of which more than one is the same as a longer one (RFC 9110 §12.5). */
    private static final Set<String> LISTS =
            Set.of(HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_LANGUAGE);

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final HttpHeaders headers;
    private final SentHeaders sent;

    public IncomingCheck(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.headers = session.getContext().getHttpRequest().getHttpHeaders();
        this.sent = SentHeaders.of(headers.getRequestHeaders());
    }

    /**
     * The rule, for its own gateway: to all others it does not exist.
     *
     * @throws RefusedCheckException if the call is not from its gateway
     */
    public OneTimeRule rule(String name) {
        if (!MagicLink.isWholeAddressKnown(session)) {
            throw new RefusedCheckException(
                    Status.SERVICE_UNAVAILABLE,
                    "server_error",
                    "The server's hostname is not configured as a URL.");
        }
        return requireGateway(OneTimeRule.named(realm, name), name);
    }

    /**
     * As above, by the rule's internal id.
     *
     * @throws RefusedCheckException if the call is not from its gateway
     */
    public OneTimeRule ruleWithId(String id) {
        return requireGateway(OneTimeRule.withId(realm, id), id);
    }

    private OneTimeRule requireGateway(Optional<OneTimeRule> rule, String asked) {
        GatewayIdentity identity = new GatewayIdentity(session.getContext().getHttpRequest());
        if (rule.filter(identity::isGatewayOf).isEmpty()) {
            refused(asked, "gateway_not_authenticated");
            throw new RefusedCheckException(
                    Status.FORBIDDEN,
                    "gateway_not_authenticated",
                    "There is no such rule, or the call is not from its gateway.");
        }
        return rule.get();
    }

    /**
     * The request that the gateway asks about.
     *
     * @throws RefusedCheckException if the rule's family of headers does not describe one, or a
     *     header could make another one of it: the sentence says which
     */
    public OriginalRequest original(OneTimeRule rule) {
        requireUnambiguous(rule);
        Gateway gateway = rule.get(OneTimeRuleFactory.GATEWAY);
        SentHeaders kept = sent.without(SECRETS);
        String method = session.getContext().getHttpRequest().getHttpMethod();
        Function<String, String> headersOf =
                name -> LISTS.contains(name) ? kept.joined(name) : kept.only(name);
        return read(
                rule,
                () ->
                        gateway.original(
                                new Gateway.CheckCall(
                                        method,
                                        sent.only(HttpHeaders.HOST),
                                        rest(rule),
                                        headersOf)));
    }

    private void requireUnambiguous(OneTimeRule rule) {
        try {
            sent.requireUnambiguous();
        } catch (RefusedCheckException e) {
            refused(rule.name(), "override_header");
            throw e;
        }
    }

    /**
     * All of the check, in plain values, of a request that needs an approval.
     *
     * @throws RefusedCheckException if the caller has no good token, or no digest of its body
     *     though the rule requires one, or a header that is asked for is there twice
     */
    public GatewayCheck check(OneTimeRule rule, OriginalRequest original) {
        requireDigest(rule, original, read(rule, original::bodyDigest));
        read(rule, () -> sent.only(HttpHeaders.AUTHORIZATION));
        Optional<String> transaction = read(rule, () -> original.header(Headers.TRANSACTION));
        Optional<Caller> caller = new CallerToken(session).caller(rule);
        if (caller.isEmpty()) {
            refused(rule.name(), "invalid_token");
            throw new RefusedCheckException(
                    Status.UNAUTHORIZED,
                    "invalid_token",
                    "The access token is missing or not good for this rule.");
        }
        Question question = question(rule, original);
        GatewayCheck check =
                new GatewayCheck(
                        realm.getId(),
                        rule.id(),
                        Urls.realmIssuer(
                                session.getContext().getUri().getBaseUri(), realm.getName()),
                        CorrelationId.of(session),
                        caller.get(),
                        original,
                        question.text(),
                        question.details(),
                        transaction,
                        original.wantsPage()
                                ? session.getContext().resolveLocale(null)
                                : Locale.ENGLISH);
        return check.transaction().isEmpty() && original.isPage()
                ? cookie(check).map(check::with).orElse(check)
                : check;
    }

    /**
     * Whether the body of a request needs an approval, so far as the rule looks at bodies.
     *
     * @throws RefusedCheckException if it does, and the body is not there as it must be
     */
    public boolean needsApproval(OneTimeRule rule, OriginalRequest original) {
        Optional<BodyCondition> condition = rule.bodyCondition();
        return condition.isEmpty()
                || read(rule, () -> condition.get().mayHold(JsonBody.of(original).root()));
    }

    /** What the user would be asked; where that cannot be shown whole, nobody is asked. */
    private Question question(OneTimeRule rule, OriginalRequest original) {
        return read(rule, () -> Question.of(rule, original));
    }

    /** Reads something of a check, or makes something of it. */
    private interface Reader<T> {
        T read() throws UnfitException;
    }

    private <T> T read(OneTimeRule rule, Reader<T> reader) {
        try {
            return reader.read();
        } catch (UnfitException e) {
            refused(rule.name(), e.reason());
            throw RefusedCheckException.invalid(e.sentence());
        } catch (RefusedCheckException e) {
            refused(rule.name(), "gateway_headers");
            throw e;
        }
    }

    /** One that cannot be read in full binds nothing, or one thing here and another one there. */
    private void requireDigest(
            OneTimeRule rule, OriginalRequest original, Optional<String> sentDigest) {
        boolean needed =
                rule.get(OneTimeRuleFactory.REQUIRE_BODY_DIGEST)
                        && !WITHOUT_BODY.contains(original.method());
        if ((needed || sentDigest.isPresent()) && !original.hasStrongDigest()) {
            refused(rule.name(), "no_body_digest");
            throw RefusedCheckException.invalid(
                    "A Content-Digest (RFC 9530) must be one of sha-256 or sha-512, or both, whole"
                            + " and nothing else.");
        }
    }

    /**
     * A browser that loads a page anew has the transaction in a cookie. Nobody chose to send it, so
     * one that was used up asks for no more than none.
     */
    private Optional<String> cookie(GatewayCheck check) {
        return Optional.ofNullable(headers.getCookies().get(check.cookie()))
                .map(Cookie::getValue)
                .filter(id -> new OneTimeTransactions(session).find(id).isPresent());
    }

    /**
     * What follows the rule in the URL, as it was sent; null if the URL was put together by
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
        if (sent.only(PREFIX) != null || !Encode.decodePath(segment).equals(rule.name())) {
            return null;
        }
        String rest = slash < 0 ? "/" : path.substring(slash);
        return uri.getRawQuery() == null ? rest : rest + "?" + uri.getRawQuery();
    }

    private void refused(String rule, String reason) {
        CibaEvents.event(session, CibaEvent.GATEWAY_REFUSED)
                .detail(CibaEvents.RULE, CibaEvents.fromOutside(rule))
                .detail(CibaEvents.REASON, reason)
                .error(reason);
    }
}

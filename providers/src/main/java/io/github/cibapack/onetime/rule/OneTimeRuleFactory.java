// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import static io.github.cibapack.policy.SettingForm.choice;
import static io.github.cibapack.policy.SettingForm.flag;
import static io.github.cibapack.policy.SettingForm.integer;
import static io.github.cibapack.policy.SettingForm.secret;
import static io.github.cibapack.policy.SettingForm.text;
import static io.github.cibapack.policy.SettingForm.url;

import io.github.cibapack.onetime.gateway.Gateway;
import io.github.cibapack.policy.Setting;
import io.github.cibapack.policy.SettingsComponentFactory;
import java.util.List;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** One-time authorization rules: provider id {@code ciba-one-time-rule}. */
public final class OneTimeRuleFactory extends SettingsComponentFactory {
    public static final String PROVIDER_ID = "ciba-one-time-rule";

    /** What stands in the place of a rule's name where no rule is meant. */
    public static final String NO_RULE = "-";

    /** As a decoded path can be: one with a query, say, would never match and protect nothing. */
    private static final String PATH = "/[!-~&&[^?#%;,\\\\]]{0,200}";

    /** RFC 6901 §3, in ASCII and without what ends it here. */
    private static final String POINTER = "/[!-~&&[^?]]{1,200}";

    public static final Setting<Optional<String>> NAME =
            Setting.optional(
                            "name",
                            "Name",
                            text(
                                    "[^\\p{Cc}\\p{Zl}\\p{Zp}/]{1,64}",
                                    "1–64 characters on one line, without '/'"))
                    .help("The name under which a gateway calls the rule.");

    public static final Setting<Optional<String>> CLIENT_ID =
            Setting.optional("clientId", "Client ID", text("[^\\p{Cc}]{1,255}", "1–255 characters"))
                    .help("The client in whose name the user is asked. It needs the CIBA grant.");

    public static final Setting<CredentialsType> CREDENTIALS_TYPE =
            Setting.named(
                            "credentialsType",
                            "Client credentials type",
                            choice(CredentialsType.class),
                            CredentialsType.SECRET)
                    .help(
                            "How the client proves itself to another token provider. mutual-tls and"
                                    + " private-key-jwt use a key of this realm.");

    public static final Setting<Optional<String>> CLIENT_SECRET =
            Setting.optional("clientSecret", "Client secret", secret(1))
                    .help("The client's secret at another token provider.");

    public static final Setting<Optional<String>> KEY_PAIR =
            Setting.optional("keyPair", "Key pair", text("[^\\p{Cc}]{1,255}", "1–255 characters"))
                    .help(
                            "Name of the realm's key provider. mutual-tls uses its key and"
                                + " certificate, private-key-jwt its key. Empty: the realm's active"
                                + " key.");

    public static final Setting<Optional<String>> LOGIN_HINT_ATTRIBUTE =
            Setting.optional(
                            "loginHintAttribute",
                            "Login hint attribute",
                            text("[!-~]{1,128}", "1–128 printable ASCII characters without spaces"))
                    .help(
                            "The claim of the caller's access token that identifies the user who is"
                                    + " asked. Empty: sub, the caller.");

    public static final Setting<Optional<String>> SCOPES =
            Setting.optional(
                            "scopes",
                            "Scopes",
                            text("[!#-\\[\\]-~ ]{1,1000}", "scope names, separated by spaces"))
                    .help("Scopes to ask for, separated by spaces. openid is always added.");

    public static final Setting<Optional<Integer>> REQUESTED_EXPIRY =
            Setting.optional("requestedExpiry", "Requested expiry", integer(10, 86_400))
                    .in("seconds")
                    .help("Lifetime of a transaction in seconds. Empty: the CIBA policy's value.");

    public static final Setting<Optional<String>> TIMEOUT_HANDLER =
            handler(
                    "timeoutHandler",
                    "Timeout rejection handler",
                    "the user did not decide in time");

    public static final Setting<Optional<String>> DENY_HANDLER =
            handler("denyHandler", "Deny rejection handler", "the user said no");

    public static final Setting<Optional<String>> TOKEN_PROVIDER =
            Setting.optional("tokenProvider", "Token provider", url())
                    .help("Issuer of another server that speaks CIBA. Empty: this realm.");

    public static final Setting<WaitMode> MODE =
            Setting.named("mode", "Mode", choice(WaitMode.class), WaitMode.RETRY)
                    .help(
                            "retry: the check answers at once, and the caller repeats its request"
                                + " with the transaction. hold: the check waits for the decision.");

    public static final Setting<Integer> HOLD_SECONDS =
            Setting.named("holdSeconds", "Longest hold", integer(1, 300), 50)
                    .in("seconds")
                    .help(
                            "Seconds that a check waits in mode hold, before it answers as in mode"
                                    + " retry. Must be less than the gateway's own time limit.");

    public static final Setting<Gateway> GATEWAY =
            Setting.named("gateway", "Gateway", choice(Gateway.class), Gateway.FORWARDED)
                    .help(
                            "Which headers describe the request: nginx (X-Original-…), forwarded"
                                + " (X-Forwarded-… of Caddy and Traefik), envoy (path prefix).");

    public static final Setting<Optional<String>> GATEWAY_SECRET =
            Setting.optional("gatewaySecret", "Gateway secret", secret(16))
                    .help(
                            "What the gateway sends as X-Gateway-Secret: letters, digits and . _ ~"
                                    + " -. This or a certificate is required.");

    public static final Setting<Optional<String>> GATEWAY_CERTIFICATE =
            Setting.optional(
                            "gatewayCertificate",
                            "Gateway certificate",
                            text("(?i)[0-9a-f]{2}(:?[0-9a-f]{2}){31}", "64 hexadecimal digits"))
                    .help(
                            "SHA-256 thumbprint of the TLS client certificate that the gateway"
                                    + " connects with, in hexadecimal.");

    public static final Setting<Optional<String>> AUDIENCE =
            Setting.optional(
                            "audience",
                            "Audience",
                            text("[!-~]{1,255}", "1–255 printable ASCII characters without spaces"))
                    .help(
                            "A value that the claim aud of the caller's access token must have."
                                    + " Empty: any token of this realm.");

    public static final Setting<Optional<String>> BINDING_MESSAGE =
            Setting.optional(
                            "bindingMessage",
                            "Binding message",
                            text("[^\\p{Cc}]{1,256}", "1–256 characters on one line"))
                    .help(
                            "What the user is asked to approve. Variables: ${method}, ${host},"
                                + " ${path}, ${query}, ${header.X-Name}, ${body:/json/pointer}. The"
                                + " approval is good for exactly this text, which is shown whole or"
                                + " refused. Empty: Approve ${method} ${path}${query}.");

    public static final Setting<Optional<String>> METHODS =
            Setting.optional(
                            "methods",
                            "Methods",
                            text(
                                    "[A-Z]{1,20}(\\s*,\\s*[A-Z]{1,20}){0,19}",
                                    "methods in capital letters, separated by commas"))
                    .help(
                            "The HTTP methods that need an approval, separated by commas. Empty:"
                                    + " all.");

    public static final Setting<Optional<String>> PATHS =
            Setting.optional(
                            "paths",
                            "Paths",
                            text(
                                    PATH + "(\\s*,\\s*" + PATH + "){0,49}",
                                    "paths that begin with '/', without ?, #, % and ;, separated by"
                                            + " commas"))
                    .help(
                            "The paths that need an approval, separated by commas: * is one"
                                + " segment, ** any number. A path that some server could read as"
                                + " one of them needs an approval, too. Empty: all.");

    public static final Setting<Boolean> IGNORE_CASE =
            Setting.named("ignoreCase", "Ignore case", flag(), true)
                    .help(
                            "Whether capital and small letters in paths are the same. Set false"
                                    + " only if the API and all servers in front of it distinguish"
                                    + " them.");

    public static final Setting<Integer> GRACE_SECONDS =
            Setting.named("graceSeconds", "Grace time", integer(0, 3600), 0)
                    .in("seconds")
                    .help(
                            "Seconds for which the same caller may send the same request again"
                                + " without a new approval; only GET, HEAD and requests with the"
                                + " same Content-Digest. 0: not at all.");

    public static final Setting<Boolean> REQUIRE_BODY_DIGEST =
            Setting.named("requireBodyDigest", "Require a body digest", flag(), false)
                    .help(
                            "Refuse requests other than GET, HEAD and OPTIONS that have no"
                                + " Content-Digest with sha-256 or sha-512. The API must check the"
                                + " digest.");

    public static final Setting<Optional<String>> BODY_FIELDS =
            Setting.optional(
                            "bodyFields",
                            "Body fields",
                            text(
                                    POINTER + "\\??( +" + POINTER + "\\??){0,9}",
                                    "1–10 JSON Pointers, separated by spaces"))
                    .help(
                            "Fields of a JSON body that the user is shown: JSON Pointers (RFC"
                                + " 6901), separated by spaces; a ? at the end means that the field"
                                + " may be missing. The body is sent along in the header"
                                + " Approval-Body and must match the Content-Digest.");

    public static final Setting<Optional<String>> BODY_TYPE =
            Setting.optional(
                            "bodyType",
                            "Body type",
                            text("[A-Za-z0-9_-]{1,64}", "1–64 letters, digits, '_' and '-'"))
                    .help(
                            "The type under which the body fields are shown: texts"
                                    + " cibaDetails.<type>. Built in: mcp_tool_call. Empty:"
                                    + " request_body.");

    public static final Setting<Optional<String>> BODY_CONDITION =
            Setting.optional(
                            "bodyCondition",
                            "Body condition",
                            text(
                                    "(/[!-~&&[^?=]]{1,200})=([!-~][ -~]{0,99})",
                                    "a JSON Pointer, '=' and a text in ASCII"))
                    .help(
                            "Which JSON bodies need an approval: a JSON Pointer, =, and the text"
                                + " there, such as /method=tools/call. A body that some server"
                                + " could read in this way needs an approval, too. Empty: all.");

    public static final Setting<Boolean> RECEIPT =
            Setting.named("receipt", "Receipt", flag(), false)
                    .help(
                            "Give the API a signed receipt (JWT) of what was approved, by whom and"
                                    + " when.");

    private static final Setting<?>[] SETTINGS = {
        NAME, CLIENT_ID, MODE,
        GATEWAY, GATEWAY_SECRET, GATEWAY_CERTIFICATE,
        LOGIN_HINT_ATTRIBUTE, AUDIENCE, SCOPES,
        BINDING_MESSAGE, METHODS, PATHS,
        IGNORE_CASE, REQUESTED_EXPIRY, HOLD_SECONDS,
        GRACE_SECONDS, REQUIRE_BODY_DIGEST, BODY_FIELDS,
        BODY_TYPE, BODY_CONDITION, TIMEOUT_HANDLER,
        DENY_HANDLER, RECEIPT, TOKEN_PROVIDER,
        CREDENTIALS_TYPE, CLIENT_SECRET, KEY_PAIR
    };

    private static Setting<Optional<String>> handler(String key, String label, String when) {
        return Setting.optional(key, label, RejectionHandlerFactory.NAMES)
                .help(
                        "How the caller is answered if %s: name of a rejection".formatted(when)
                                + " handler, or api-403, web-403, rate-limit-429. Empty: api-403.");
    }

    public OneTimeRuleFactory() {
        super(
                PROVIDER_ID,
                "What a user approves before a gateway lets a request through to an API.",
                NAME,
                List.of(SETTINGS),
                List.of(NAME, CLIENT_ID, MODE, GATEWAY, METHODS, PATHS));
    }

    @Override
    protected void check(KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        OneTimeRuleChecks.check(model);
    }

    @Override
    protected void checkNames(KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        OneTimeRuleChecks.checkNames(realm, model);
    }
}

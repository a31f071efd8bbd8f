// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the documentation says of a realm's or client's attribute. Defaults and bounds that the code
 * declares come from there.
 *
 * @param owner who has it
 * @param name its JSON name
 * @param type as in the tables of components
 * @param fallback the default, in Markdown
 * @param range the allowed values, in Markdown
 * @param meaning in Markdown, with links relative to {@code docs/}
 */
record Attribute(
        Owner owner, String name, String type, String fallback, String range, String meaning) {

    enum Owner {
        REALM,
        CLIENT
    }

    private static final String NONE = "–";
    private static final String OFF = "`false`";
    private static final String SWITCH = "`true`, `false`";

    /** All of them, in the order of the documentation. */
    static final List<Attribute> ALL =
            Stream.concat(realmAttributes(), clientAttributes()).toList();

    private static Stream<Attribute> realmAttributes() {
        return Stream.of(
                realm(
                        "cibaExpiresIn",
                        "integer",
                        "`" + CibaPolicyFactory.EXPIRES_IN.writtenFallback() + "`",
                        "seconds",
                        "Keycloak's own: lifetime of a request without a CIBA policy"),
                realm(
                        "cibaInterval",
                        "integer",
                        "`" + CibaPolicyFactory.INTERVAL.writtenFallback() + "`",
                        "seconds",
                        "Keycloak's own: least time between two polls. Keycloak writes its default"
                            + " 5 whenever a realm is created or saved, so the pack treats 5 as"
                            + " \"not set\" and uses 2. For an interval of 5, set `interval` in a"
                            + " CIBA policy"),
                realm(
                        "cibaAuthRequestedUserHint",
                        "string",
                        "`login_hint`",
                        "`login_hint`, `login_hint_token`, `id_token_hint`",
                        "Keycloak's own: which hint its own endpoint reads"),
                realm(
                        "ciba.advertise",
                        "boolean",
                        OFF,
                        SWITCH,
                        "whether the realm's own discovery document names the `as` endpoints"
                                + " ([discovery](discovery-and-registration.md))"),
                realm(
                        CibaPolicies.CHANNEL_ATTRIBUTE,
                        "string",
                        "`http` if the server has the HTTP channel's URI, else `email`",
                        CibaPolicies.channelsOfRealms().stream()
                                .map(type -> "`" + type.value() + "`")
                                .collect(Collectors.joining(", ")),
                        "how users are reached if no CIBA policy names channels"),
                realm(
                        "ciba.login-hint.forms",
                        "string",
                        "`username,email`",
                        "of `username`, `email`, `id`, `iss_sub`, `opaque`,"
                                + " `phone_number`, `account`",
                        "what a `login_hint` may be ([hints](hints.md))"),
                realm(
                        "ciba.login-hint-token.single-use",
                        "boolean",
                        OFF,
                        SWITCH,
                        "whether a hint token without `jti` is good for one use"),
                realm(
                        "ciba.id-token-hint.max-age-after-expiry",
                        "integer",
                        "`86400`",
                        "seconds",
                        "for how long after its `exp` an ID token may be a hint"),
                realm(
                        "ciba.login.client",
                        "string",
                        NONE,
                        "a client id",
                        "the client through which people sign in for approval mode `login` and the"
                                + " inbox ([approval](approval-page.md))"),
                realm(
                        CibaPolicies.HIDE_USERS_ATTRIBUTE,
                        "boolean",
                        OFF,
                        SWITCH,
                        "whether all requests hide who exists, even if their policy does not"
                                + " ([sending](sending.md#hidden-users))"),
                realm(
                        "ciba.outbound.allow-http",
                        "boolean",
                        OFF,
                        SWITCH,
                        "whether the server may call `http` URLs ([outgoing calls](outbound.md))"),
                realm(
                        "ciba.outbound.allow-private",
                        "boolean",
                        OFF,
                        SWITCH,
                        "whether the server may call private addresses"));
    }

    private static Stream<Attribute> clientAttributes() {
        return Stream.of(
                client(
                        "oidc.ciba.grant.enabled",
                        "boolean",
                        OFF,
                        SWITCH,
                        "Keycloak's own: the CIBA grant"),
                client(
                        CibaPolicies.CLIENT_ATTRIBUTE,
                        "string",
                        NONE,
                        "`name` or `name@version`, separated by commas",
                        "the [CIBA policies](policies.md) that the client may use; those whose"
                            + " field `clients` lists it are added at the end. The first one is its"
                            + " default; `acr_values` chooses one by name"),
                client(
                        "ciba.logo",
                        "string",
                        NONE,
                        "`data:image/png;base64,…`, PNG, JPEG or GIF up to 1 MB",
                        "the picture on the page, in place of its CIBA policy's `logo`; any other"
                                + " value is ignored"),
                client(
                        "ciba.notification-policy",
                        "string",
                        NONE,
                        "a name",
                        "the notification policy of the client's requests, in place of the one of"
                                + " its CIBA policy"),
                client(
                        "ciba.mail.template",
                        "string",
                        NONE,
                        "`a`–`z`, `0`–`9`, `-`",
                        "a pair of mail templates of the client's own, in place of the pair of its"
                                + " CIBA policy: `<name>-with-binding-message.ftl` and"
                                + " `<name>-without-binding-message.ftl`"),
                client(
                        "ciba.number.matching",
                        "boolean",
                        "`true` if its CIBA policy's `clients` lists it, else `false`",
                        SWITCH,
                        "whether the client shows the number of [number"
                                + " matching](approval-page.md)"),
                client(
                        UserCodeParameter.CLIENT_ATTRIBUTE,
                        "boolean",
                        OFF,
                        SWITCH,
                        "whether each request of the client needs the user's code ([user"
                                + " codes](user-code.md)); dynamic registration writes it"
                                + " ([registration](discovery-and-registration.md))"),
                client(
                        "ciba.backchannel.user.code.parameter.registered",
                        "string",
                        NONE,
                        "written by the server",
                        "what the client itself last registered ([client"
                                + " metadata](discovery-and-registration.md#client-metadata))"),
                client(
                        "ciba.login-hint-token.issuers",
                        "string",
                        NONE,
                        "JSON object from issuer to JWKS URL",
                        "who else may sign the client's hint tokens; in place of the"
                                + " `trustedIssuers` of its CIBA policy"));
    }

    /** The row of {@code docs/configuration.md}. */
    String row() {
        return "| `%s` | %s | %s | %s | %s |".formatted(name, type, fallback, range, meaning);
    }

    private static Attribute realm(
            String name, String type, String fallback, String range, String meaning) {
        return new Attribute(Owner.REALM, name, type, fallback, range, meaning);
    }

    private static Attribute client(
            String name, String type, String fallback, String range, String meaning) {
        return new Attribute(Owner.CLIENT, name, type, fallback, range, meaning);
    }
}

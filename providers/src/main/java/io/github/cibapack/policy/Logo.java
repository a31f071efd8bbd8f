// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import io.github.cibapack.audit.PolicyFacts;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * The logo of an application: an image that is stored with the client or with its CIBA policy, as
 * the page loads nothing from elsewhere. JPG, GIF or PNG up to 1 MB; no SVG, which can hold
 * scripts.
 */
public final class Logo {
    /** Client attribute with a {@code data:} URI (RFC 2397). */
    public static final String CLIENT_ATTRIBUTE = "ciba.logo";

    static final String RANGE = "data:image/png;base64,…: PNG, JPEG or GIF up to 1 MB";

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int HEAD_BYTES = 4;
    private static final int MAX_CHARACTERS = MAX_BYTES / 3 * 4 + 64;
    private static final Pattern DATA_URI =
            Pattern.compile("data:image/(png|jpeg|gif);base64,([A-Za-z0-9+/]+={0,2})");

    private Logo() {}

    /**
     * The logo that a request shows: the client's own, else that of the policy that it is asked
     * under. A value that is not a picture is left out.
     */
    public static Optional<String> of(
            RealmModel realm, ClientModel client, Optional<PolicyFacts> policy) {
        return of(client).or(() -> policy.flatMap(facts -> of(realm, facts)));
    }

    /** The client's own. */
    public static Optional<String> of(ClientModel client) {
        return Optional.ofNullable(client.getAttribute(CLIENT_ATTRIBUTE))
                .map(String::trim)
                .filter(Logo::isLogo);
    }

    private static Optional<String> of(RealmModel realm, PolicyFacts facts) {
        try {
            return new CibaPolicies(realm)
                    .find(facts)
                    .flatMap(policy -> policy.get(CibaPolicyFactory.LOGO));
        } catch (InvalidSettingException e) {
            // the next request under the policy is refused for it; a page does without a picture
            return Optional.empty();
        }
    }

    /**
     * The picture as it is written.
     *
     * @throws IllegalArgumentException with the rule that is broken
     */
    static String parse(String uri) {
        if (!isLogo(uri)) {
            throw new IllegalArgumentException("must be " + RANGE);
        }
        return uri;
    }

    private static boolean isLogo(String uri) {
        if (uri.length() > MAX_CHARACTERS) {
            return false;
        }
        Matcher parts = DATA_URI.matcher(uri);
        return parts.matches() && isImage(parts.group(1), parts.group(2));
    }

    private static boolean isImage(String type, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return false;
        }
        String head = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, HEAD_BYTES));
        return bytes.length <= MAX_BYTES
                && head.startsWith(
                        switch (type) {
                            case "png" -> "89504e47";
                            case "gif" -> "47494638";
                            default -> "ffd8ff";
                        });
    }
}

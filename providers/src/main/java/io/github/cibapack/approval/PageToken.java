// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;

/**
 * The page's own token in its form: made from a random cookie and from what the page was opened
 * with. Who cannot read the page cannot make it, and a token of one page is no good on another.
 */
final class PageToken {
    static final String FIELD = "page_token";

    private static final String COOKIE = "CIBA_PAGE";
    private static final Pattern COOKIE_VALUE = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final int COOKIE_BYTES = 16;
    private static final int UNTIL_BROWSER_CLOSES = -1;
    private static final String MAC = "HmacSHA256";

    private final KeycloakSession session;
    private final PageCookies cookies;

    PageToken(KeycloakSession session) {
        this.session = session;
        this.cookies = new PageCookies(session);
    }

    /** The token for a form; sets the cookie where the browser has none. */
    String issue(String binding) {
        String cookie =
                cookie().orElseGet(
                                () -> {
                                    String fresh =
                                            Base64Url.encode(
                                                    SecretGenerator.getInstance()
                                                            .randomBytes(COOKIE_BYTES));
                                    cookies.set(COOKIE, fresh, UNTIL_BROWSER_CLOSES);
                                    return fresh;
                                });
        return token(cookie, binding);
    }

    /** Whether the form that was sent has the token. */
    boolean isPresent(String binding) {
        String sent =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(FIELD);
        return sent != null
                && cookie().filter(
                                cookie ->
                                        MessageDigest.isEqual(
                                                bytes(token(cookie, binding)), bytes(sent)))
                        .isPresent();
    }

    private Optional<String> cookie() {
        return cookies.get(COOKIE).filter(value -> COOKIE_VALUE.matcher(value).matches());
    }

    private static String token(String cookie, String binding) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(bytes(cookie), MAC));
            return Base64Url.encode(mac.doFinal(bytes(binding)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;

/**
 * The logo of a client: an image that is stored with it, as the page loads nothing from elsewhere.
 * JPG, GIF or PNG up to 1 MB; no SVG, which can hold scripts. Anything else is left out.
 */
final class ClientLogo {
    /** Client attribute with a {@code data:} URI (RFC 2397). */
    static final String ATTRIBUTE = "ciba.logo";

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_CHARACTERS = MAX_BYTES / 3 * 4 + 64;
    private static final Pattern DATA_URI =
            Pattern.compile("data:image/(png|jpeg|gif);base64,([A-Za-z0-9+/]+={0,2})");

    private ClientLogo() {}

    static Optional<String> of(ClientModel client) {
        String uri = client.getAttribute(ATTRIBUTE);
        if (uri == null || uri.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        Matcher parts = DATA_URI.matcher(uri.trim());
        return parts.matches() && isImage(parts.group(1), parts.group(2))
                ? Optional.of(uri.trim())
                : Optional.empty();
    }

    private static boolean isImage(String type, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return bytes.length <= MAX_BYTES
                && switch (type) {
                    case "png" -> startsWith(bytes, 0x89, 'P', 'N', 'G');
                    case "gif" -> startsWith(bytes, 'G', 'I', 'F', '8');
                    default -> startsWith(bytes, 0xFF, 0xD8, 0xFF);
                };
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.intake.CibaError;
import io.github.cibapack.intake.CibaErrorException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/** The size of a poll. Other grants come to the same endpoint, some of which are larger. */
final class FormLimit {
    private static final int MAX_BYTES = 64 * 1024;

    private FormLimit() {}

    /**
     * Refuses what is larger than 64 KiB, announced or, in a chunked body, found.
     *
     * @throws CibaErrorException with status 413
     */
    static void require(KeycloakSession session) {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        String announced = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if ((announced != null && isTooLarge(announced)) || found(session) > MAX_BYTES) {
            throw new CibaErrorException(
                    CibaError.TOO_LARGE, "The request is larger than 64 KiB.", "request_too_large");
        }
    }

    private static boolean isTooLarge(String contentLength) {
        try {
            return Long.parseLong(contentLength.trim()) > MAX_BYTES;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static long found(KeycloakSession session) {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        long sum = 0;
        for (Map.Entry<String, List<String>> parameter : form.entrySet()) {
            for (String value : parameter.getValue()) {
                sum += parameter.getKey().length() + value.length() + 2L;
            }
        }
        return sum;
    }
}

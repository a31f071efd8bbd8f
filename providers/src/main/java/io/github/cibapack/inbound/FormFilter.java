// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.inbound;

import io.github.cibapack.text.StorableText;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.common.util.URLUtils;
import org.keycloak.OAuthErrorException;

/**
 * Refuses a form that cannot be decoded, has more parameters than the server reads, or has a
 * character that not every database takes.
 */
@Provider
@Priority(0)
public final class FormFilter implements ContainerRequestFilter {
    /** The server fails above this number. */
    private static final int MAX_PARAMETERS = 1000;

    /**
     * UTF-8, and what some libraries say though they send nothing but ASCII. In any other charset
     * the server might read another text than is looked at here.
     */
    private static final Set<Charset> READ =
            Set.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1);

    /**
     * Parameters that have errors of their own (CIBA Core §11, §13), and are judged before anything
     * is looked for by them.
     */
    private static final Set<String> JUDGED =
            Set.of("binding_message", "login_hint", "auth_req_id");

    private static final Pattern CHARSET =
            Pattern.compile("(?i)charset\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]*))");

    @Override
    public void filter(ContainerRequestContext request) {
        OwnPath.of(request)
                .filter(path -> path != OwnPath.ADMIN)
                .flatMap(path -> path == OwnPath.CHECK ? ofCheck(request) : ofForm(request, path))
                .ifPresent(request::abortWith);
    }

    /** The type is of the checked call's body, which stays with the gateway. */
    private static Optional<Response> ofCheck(ContainerRequestContext request) {
        if (isForm(request) && !areCharsets(sentType(request), Charset::isSupported)) {
            return refused(OwnPath.CHECK, "The charset of the content type is not known.");
        }
        request.setEntityStream(
                isMultipart(request)
                        ? noParts(request.getMediaType())
                        : InputStream.nullInputStream());
        return Optional.empty();
    }

    private static Optional<Response> ofForm(ContainerRequestContext request, OwnPath path) {
        if (isMultipart(request)) {
            // the server would read it, whatever the path
            return refused(path, "The content type must be application/x-www-form-urlencoded.");
        }
        if (!isForm(request)) {
            return Optional.empty();
        }
        if (!areCharsetsRead(sentType(request))) {
            return refused(
                    path, "The charset of the content type must be UTF-8, US-ASCII or ISO-8859-1.");
        }
        byte[] body;
        try {
            body = request.getEntityStream().readNBytes(path.maxBytes() + 1);
        } catch (IOException e) {
            // it ends too soon, or its chunks are none
            return refused(path, "The body cannot be read.");
        }
        if (body.length > path.maxBytes()) {
            return Optional.of(
                    PlainAnswer.of(
                            path,
                            Response.Status.REQUEST_ENTITY_TOO_LARGE,
                            OAuthErrorException.INVALID_REQUEST,
                            "The request is larger than %d KiB."
                                    .formatted(path.maxBytes() / 1024)));
        }
        if (!isReadable(new String(body, StandardCharsets.ISO_8859_1))) {
            return refused(path, "The form cannot be read.");
        }
        request.setEntityStream(new ByteArrayInputStream(body));
        return Optional.empty();
    }

    /** The server reads parts whatever the path, and fails where their end is missing. */
    private static InputStream noParts(MediaType type) {
        String end = "--" + type.getParameters().getOrDefault("boundary", "") + "--\r\n";
        return new ByteArrayInputStream(end.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean isMultipart(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        return type != null && "multipart".equalsIgnoreCase(type.getType());
    }

    /** The server takes whatever begins like the type of a form for one. */
    private static boolean isForm(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        return type != null
                && (MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type)
                        || sentType(request).startsWith(MediaType.APPLICATION_FORM_URLENCODED));
    }

    private static String sentType(ContainerRequestContext request) {
        return request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    }

    static boolean areCharsetsRead(String contentType) {
        return areCharsets(contentType, charset -> READ.contains(Charset.forName(charset)));
    }

    /** All that are named: which of several the server takes is its own affair. */
    private static boolean areCharsets(String contentType, Predicate<String> right) {
        if (contentType.indexOf('=') < 0) {
            return true;
        }
        try {
            return CHARSET.matcher(contentType)
                    .results()
                    .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                    .allMatch(right);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Decodes as the server does, so that both agree on what is readable. */
    static boolean isReadable(String form) {
        String[] pairs = form.split("&", MAX_PARAMETERS + 1);
        if (pairs.length > MAX_PARAMETERS) {
            return false;
        }
        try {
            StringBuilder buffer = new StringBuilder();
            for (String pair : pairs) {
                String decoded = URLUtils.decode(pair, StandardCharsets.UTF_8, true, true, buffer);
                if (!JUDGED.contains(pair.split("=", 2)[0]) && !StorableText.isOne(decoded)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<Response> refused(OwnPath path, String sentence) {
        return Optional.of(PlainAnswer.unreadable(path, sentence));
    }
}

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
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.common.util.URLUtils;

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
        OwnPath path = OwnPath.of(request).orElse(null);
        if (path == null || path == OwnPath.ADMIN) {
            return;
        }
        MediaType type = request.getMediaType();
        String sentType = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        boolean form = isForm(type, sentType);
        if (form && path == OwnPath.CHECK && !areCharsets(sentType, Charset::isSupported)) {
            refuse(
                    request,
                    path,
                    Response.Status.BAD_REQUEST,
                    "The charset of the content type is not known.");
            return;
        }
        boolean multipart = type != null && "multipart".equalsIgnoreCase(type.getType());
        if (path == OwnPath.CHECK) {
            // the type is of the checked call's body, which stays with the gateway
            request.setEntityStream(multipart ? noParts(type) : InputStream.nullInputStream());
            return;
        }
        if (form && !areCharsetsRead(sentType)) {
            refuse(
                    request,
                    path,
                    Response.Status.BAD_REQUEST,
                    "The charset of the content type must be UTF-8.");
            return;
        }
        if (multipart) {
            // the server would read it, whatever the path
            refuse(
                    request,
                    path,
                    Response.Status.BAD_REQUEST,
                    "The content type must be application/x-www-form-urlencoded.");
            return;
        }
        if (!form) {
            return;
        }
        byte[] body = read(request, path);
        if (body == null) {
            return;
        }
        if (body.length > path.maxBytes()) {
            refuse(
                    request,
                    path,
                    Response.Status.REQUEST_ENTITY_TOO_LARGE,
                    "The request is larger than %d KiB.".formatted(path.maxBytes() / 1024));
        } else if (!isReadable(new String(body, StandardCharsets.ISO_8859_1))) {
            refuse(request, path, Response.Status.BAD_REQUEST, "The form cannot be read.");
        }
        request.setEntityStream(new ByteArrayInputStream(body));
    }

    /** The body; null if it ends too soon, or its chunks are none. */
    private static byte[] read(ContainerRequestContext request, OwnPath path) {
        try {
            return request.getEntityStream().readNBytes(path.maxBytes() + 1);
        } catch (IOException e) {
            refuse(request, path, Response.Status.BAD_REQUEST, "The body cannot be read.");
            return null;
        }
    }

    /** The server reads parts whatever the path, and fails where their end is missing. */
    private static InputStream noParts(MediaType type) {
        String end = "--" + type.getParameters().getOrDefault("boundary", "") + "--\r\n";
        return new ByteArrayInputStream(end.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The server takes whatever begins like the type of a form for one. */
    private static boolean isForm(MediaType type, String sent) {
        return type != null
                && (MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type)
                        || sent.startsWith(MediaType.APPLICATION_FORM_URLENCODED));
    }

    static boolean areCharsetsRead(String contentType) {
        return areCharsets(contentType, charset -> READ.contains(Charset.forName(charset)));
    }

    /** All that are named: which of several the server takes is its own affair. */
    private static boolean areCharsets(String contentType, Predicate<String> right) {
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

    private static void refuse(
            ContainerRequestContext request,
            OwnPath path,
            Response.Status status,
            String sentence) {
        request.abortWith(PlainAnswer.unreadable(path, status.getStatusCode(), sentence));
    }
}

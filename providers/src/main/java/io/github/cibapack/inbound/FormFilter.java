// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.inbound;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.common.util.URLUtils;

/** Refuses a form that cannot be decoded or has more parameters than the server reads. */
@Provider
@Priority(0)
public final class FormFilter implements ContainerRequestFilter {
    /** The server fails above this number. */
    private static final int MAX_PARAMETERS = 1000;

    private static final Pattern CHARSET =
            Pattern.compile("(?i)charset\\s*=\\s*(?:\"([^\"]*)\"|([^\",;\\s]*))");

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        OwnPath path = OwnPath.of(request).orElse(null);
        if (path == null || path == OwnPath.ADMIN) {
            return;
        }
        MediaType type = request.getMediaType();
        if (isForm(type) && !areCharsetsKnown(request.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
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
        if (multipart) {
            // the server would read it, whatever the path
            refuse(
                    request,
                    path,
                    Response.Status.BAD_REQUEST,
                    "The content type must be application/x-www-form-urlencoded.");
            return;
        }
        if (!isForm(type)) {
            return;
        }
        byte[] body = request.getEntityStream().readNBytes(path.maxBytes() + 1);
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

    /** The server reads parts whatever the path, and fails where their end is missing. */
    private static InputStream noParts(MediaType type) {
        String end = "--" + type.getParameters().getOrDefault("boundary", "") + "--\r\n";
        return new ByteArrayInputStream(end.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean isForm(MediaType type) {
        return type != null && MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type);
    }

    /** All that are named: which of several the server takes is its own affair. */
    static boolean areCharsetsKnown(String contentType) {
        Matcher charset = CHARSET.matcher(contentType);
        while (charset.find()) {
            try {
                Charset.forName(charset.group(1) == null ? charset.group(2) : charset.group(1));
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return true;
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
                URLUtils.decode(pair, StandardCharsets.UTF_8, true, true, buffer);
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

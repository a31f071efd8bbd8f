// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.common.util.HtmlUtils;

/** How a rejected request is answered: variables are replaced literally, once, and escaped. */
public final class Rejection {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private final int status;
    private final String contentType;
    private final String template;
    private final String location;

    private Rejection(int status, String contentType, String template, String location) {
        this.status = status;
        this.contentType = contentType;
        this.template = template;
        this.location = location;
    }

    static Rejection template(int status, String contentType, String template) {
        return new Rejection(status, contentType, template, null);
    }

    static Rejection redirect(int status, String location) {
        return new Rejection(status, null, null, location);
    }

    /** A page in the look of the approval page. */
    static Rejection page() {
        return new Rejection(0, null, null, null);
    }

    /** Whether it is a page of the pack's own, which knows its words in all languages. */
    public boolean isPage() {
        return template == null && location == null;
    }

    /** The answer of all others. */
    public GatewayAnswer answer(Map<String, String> variables) {
        if (location != null) {
            return GatewayAnswer.of(status, null, null).with("Location", location);
        }
        String body =
                VARIABLE.matcher(template)
                        .replaceAll(
                                match ->
                                        Matcher.quoteReplacement(
                                                escaped(
                                                        variables.getOrDefault(
                                                                match.group(1), ""))));
        return GatewayAnswer.of(status, contentType, body);
    }

    private String escaped(String value) {
        if (contentType.contains("json")) {
            return new String(JsonStringEncoder.getInstance().quoteAsString(value));
        }
        return contentType.contains("html") || contentType.contains("xml")
                ? HtmlUtils.escapeAttribute(value)
                : value;
    }
}

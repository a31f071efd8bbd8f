// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.common.util.HtmlUtils;

/**
 * How a rejected request is answered: variables are replaced literally, once, and escaped.
 *
 * @param status HTTP status
 * @param contentType of the template
 * @param template of the body; null for a redirect and a page
 * @param location of a redirect; null for all others
 */
public record Rejection(int status, String contentType, String template, String location) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z]+)}");

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
                                match -> {
                                    String value = variables.getOrDefault(match.group(1), "");
                                    return Matcher.quoteReplacement(escaped(value));
                                });
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

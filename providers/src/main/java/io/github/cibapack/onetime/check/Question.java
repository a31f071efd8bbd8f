// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.onetime.gateway.Original;
import io.github.cibapack.request.BindingMessage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.util.JsonSerialization;

/** What the user is asked, made from the request; text from outside is data and shown as such. */
public final class Question {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{(method|host|path|query|header\\.[A-Za-z0-9-]{1,64})}");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]+");
    private static final String HEADER = "header.";
    private static final int LONGEST = 256;
    private static final String CUT = "…";

    private final Original original;

    public Question(Original original) {
        this.original = original;
    }

    /**
     * The binding message: one line, at most 256 characters. Where the text would be no binding
     * message, method and path are, so that nobody is asked without one.
     */
    public String message(String template) {
        return BindingMessage.normalize(cut(whole(template))).orElseGet(() -> cut(fallback()));
    }

    private static String cut(String line) {
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + CUT;
    }

    /**
     * All of the message, what cannot be shown included: the approval is good for this. Where the
     * request leaves nothing to read, method and path are.
     */
    String whole(String template) {
        String filled =
                VARIABLE.matcher(template)
                        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
        String line = UNSEEN.matcher(filled).replaceAll(" ").trim();
        return line.isEmpty() ? fallback() : line;
    }

    private String fallback() {
        return original.method() + " " + original.path();
    }

    /** Where the request came from, for the page. */
    public Optional<String> context() {
        return original.address()
                .map(
                        address -> {
                            ObjectNode context = JsonSerialization.createObjectNode();
                            context.put("address", address);
                            return context.toString();
                        });
    }

    private String value(String variable) {
        return switch (variable) {
            case "method" -> original.method();
            case "host" -> original.host();
            case "path" -> original.path();
            case "query" -> original.query();
            default -> original.header(variable.substring(HEADER.length())).orElse("");
        };
    }
}

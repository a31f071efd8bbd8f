// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.util.JsonSerialization;

/** A subject identifier of RFC 9493 §3. */
sealed interface SubjectIdentifier {

    /** Each one costs a look-up, maybe in a directory elsewhere. */
    int MAX_ALIASES = 10;

    /** RFC 9493 §3: what says which of them it is. */
    String FORMAT = "format";

    /** RFC 9493 §3.2.3. */
    record IssuerSubject(String issuer, String subject) implements SubjectIdentifier {}

    /** RFC 9493 §3.2.2. */
    record Email(String address) implements SubjectIdentifier {}

    /** RFC 9493 §3.2.5; E.164. */
    record PhoneNumber(String number) implements SubjectIdentifier {
        private static final Pattern SPELLED =
                Pattern.compile("(?:[tT][eE][lL]:)?(\\+[1-9][0-9().-]{1,40})");
        private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

        /**
         * A global number as people and CAMARA's APIs write it in a hint: {@code +49…} or a tel URI
         * without parameters (RFC 3966 §5.1.1), whose separators mean nothing.
         */
        static Optional<SubjectIdentifier> spelled(String text) {
            Matcher spelled = SPELLED.matcher(text);
            return spelled.matches()
                    ? Optional.of(spelled.group(1).replaceAll("[().-]", ""))
                            .filter(number -> E164.matcher(number).matches())
                            .map(PhoneNumber::new)
                    : Optional.empty();
        }
    }

    /** RFC 9493 §3.2.4; here the user's id in the realm. */
    record Opaque(String id) implements SubjectIdentifier {}

    /** RFC 9493 §3.2.1; an acct URI (RFC 7565). */
    record Account(String uri) implements SubjectIdentifier {}

    /** RFC 9493 §3.2.8: several identifiers of one and the same subject. */
    record Aliases(List<SubjectIdentifier> identifiers) implements SubjectIdentifier {}

    /** Parses the JSON text of an identifier; empty if it is none. */
    static Optional<SubjectIdentifier> parse(String json) {
        try {
            JsonNode node = JsonSerialization.mapper.readTree(json);
            return "aliases".equals(node.path(FORMAT).asText())
                    ? aliases(node.path("identifiers"))
                    : single(node);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** One that is not several: nothing is looked for inside of it. */
    private static Optional<SubjectIdentifier> single(JsonNode node) {
        if (node == null || !node.isObject()) {
            return Optional.empty();
        }
        return switch (node.path(FORMAT).asText()) {
            case "iss_sub" ->
                    text(node, "iss")
                            .flatMap(
                                    iss ->
                                            text(node, "sub")
                                                    .map(sub -> new IssuerSubject(iss, sub)));
            case "email" -> text(node, "email").map(Email::new);
            case "phone_number" -> text(node, "phone_number").map(PhoneNumber::new);
            case "opaque" -> text(node, "id").map(Opaque::new);
            case "account" -> text(node, "uri").map(Account::new);
            default -> Optional.empty();
        };
    }

    /** "Aliases" may not be nested (RFC 9493 §3.2.8). */
    private static Optional<SubjectIdentifier> aliases(JsonNode list) {
        if (list.size() > MAX_ALIASES) {
            return Optional.empty();
        }
        List<SubjectIdentifier> identifiers = new ArrayList<>();
        for (JsonNode member : list) {
            Optional<SubjectIdentifier> identifier = single(member);
            if (identifier.isEmpty()) {
                return Optional.empty();
            }
            identifiers.add(identifier.get());
        }
        return identifiers.isEmpty() ? Optional.empty() : Optional.of(new Aliases(identifiers));
    }

    private static Optional<String> text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isTextual() && !value.textValue().isBlank()
                ? Optional.of(value.textValue())
                : Optional.empty();
    }
}

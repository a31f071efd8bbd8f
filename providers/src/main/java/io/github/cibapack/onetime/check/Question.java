// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.intake.BindingMessage;
import io.github.cibapack.onetime.gateway.OriginalRequest;
import io.github.cibapack.onetime.rule.QuestionPart;
import io.github.cibapack.onetime.rule.QuestionTemplate;
import io.github.cibapack.text.Flaw;
import io.github.cibapack.text.ShownText;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.util.JsonSerialization;

/**
 * What the user is asked, made from the request, whole or not at all. Text from outside is data and
 * shown as it was sent: percent-encoding stays, so that two URLs never look alike.
 */
public final class Question {
    private final OriginalRequest original;

    public Question(OriginalRequest original) {
        this.original = original;
    }

    /**
     * The question, which is the binding message as well.
     *
     * @throws UnfitQuestionException if the request makes none that can be shown as it is
     */
    String text(QuestionTemplate template) throws UnfitQuestionException {
        Map<String, String> headers = new HashMap<>();
        for (String name : template.headers()) {
            headers.put(name, header(name));
        }
        String question = template.filled(part -> value(part, headers));
        Optional<Flaw> flaw = ShownText.exactly(question, BindingMessage.MAX_CODE_POINTS).flaw();
        if (flaw.isPresent()) {
            throw new UnfitQuestionException(
                    "question_" + flaw.get().reason(),
                    "The question for the user %s: it may have %d characters, and all of it is shown."
                            .formatted(flaw.get().words(), BindingMessage.MAX_CODE_POINTS));
        }
        if (!template.isClear(question)) {
            throw new UnfitQuestionException(
                    "question_unclear", "Another request would be asked about in the same words.");
        }
        return question;
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

    private String value(QuestionPart part, Map<String, String> headers) {
        if (part instanceof QuestionPart.Words words) {
            return words.text();
        }
        if (part instanceof QuestionPart.Header header) {
            return headers.get(header.name());
        }
        return switch ((QuestionPart.Field) part) {
            case METHOD -> original.method();
            case HOST -> original.host();
            case PATH -> original.path();
            case QUERY -> original.query();
        };
    }

    /** A value that is missing, or shown as another one, would be a hole in the question. */
    private String header(String name) throws UnfitQuestionException {
        String raw =
                original.header(name)
                        .orElseThrow(
                                () ->
                                        new UnfitQuestionException(
                                                "question_header_missing",
                                                "The request has no header " + name + "."));
        String value = utf8(name, raw);
        Optional<Flaw> flaw = ShownText.exactly(value, BindingMessage.MAX_CODE_POINTS).flaw();
        if (flaw.isPresent()) {
            throw new UnfitQuestionException(
                    "question_header_" + flaw.get().reason(),
                    "The header %s %s.".formatted(name, flaw.get().words()));
        }
        return value;
    }

    /**
     * The server gives each byte of a header as one character. What is no UTF-8 is refused: read in
     * another way it could look like a value that is.
     */
    private static String utf8(String name, String raw) throws UnfitQuestionException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(raw)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnfitQuestionException(
                    "question_header_not_utf8", "The header " + name + " is not valid UTF-8.");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.intake.BindingMessage;
import io.github.cibapack.onetime.gateway.OriginalRequest;
import io.github.cibapack.onetime.rule.QuestionPart;
import io.github.cibapack.onetime.rule.QuestionTemplate;
import io.github.cibapack.text.Flaw;
import io.github.cibapack.text.ShownText;
import io.github.cibapack.text.UnfitException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values of a request in a question, each as it was sent. */
final class Values {
    private final OriginalRequest original;

    private final Optional<JsonBody> body;

    Values(OriginalRequest original, Optional<JsonBody> body) {
        this.original = original;
        this.body = body;
    }

    /**
     * The question that a template makes of the request.
     *
     * @throws UnfitException if the request makes none that can be shown as it is
     */
    String in(QuestionTemplate template) throws UnfitException {
        Map<QuestionPart, String> values = new HashMap<>();
        for (String name : template.headers()) {
            values.put(new QuestionPart.Header(name), header(name));
        }
        for (JsonPointer pointer : template.fields()) {
            values.put(new QuestionPart.Body(pointer), field(pointer));
        }
        String question = template.filled(part -> value(part, values));
        Optional<Flaw> flaw = ShownText.exactly(question, BindingMessage.MAX_CODE_POINTS).flaw();
        if (flaw.isPresent()) {
            throw new UnfitException(
                    "The question for the user %s: it may have %d characters, and all of it is shown."
                            .formatted(flaw.get().words(), BindingMessage.MAX_CODE_POINTS),
                    "question_" + flaw.get().reason());
        }
        if (!template.isClear(question)) {
            throw new UnfitException(
                    "Another request would be asked about in the same words.", "question_unclear");
        }
        return question;
    }

    private String value(QuestionPart part, Map<QuestionPart, String> values) {
        if (part instanceof QuestionPart.Words words) {
            return words.text();
        }
        if (values.containsKey(part)) {
            return values.get(part);
        }
        return switch ((QuestionPart.Field) part) {
            case METHOD -> original.method();
            case HOST -> original.host();
            case PATH -> original.path();
            case QUERY -> original.query();
        };
    }

    /** A value that is missing, or shown as another one, would be a hole in the question. */
    private String header(String name) throws UnfitException {
        Optional<String> raw = original.header(name);
        if (raw.isEmpty()) {
            throw new UnfitException(
                    "The request has no header " + name + ".", "question_header_missing");
        }
        return shown(utf8(name, raw.get()), "header", "The header " + name);
    }

    /** A text, number or boolean; an object is no part of a sentence. */
    private String field(JsonPointer pointer) throws UnfitException {
        JsonNode value =
                body.flatMap(sent -> sent.at(pointer))
                        .filter(found -> found.isValueNode() && !found.isNull())
                        .orElseThrow(() -> Question.missing(pointer));
        return shown(JsonBody.text(value), "body", "The field " + pointer);
    }

    private static String shown(String value, String kind, String what) throws UnfitException {
        Optional<Flaw> flaw = ShownText.exactly(value, BindingMessage.MAX_CODE_POINTS).flaw();
        if (flaw.isPresent()) {
            throw new UnfitException(
                    "%s %s.".formatted(what, flaw.get().words()),
                    "question_" + kind + "_" + flaw.get().reason());
        }
        return value;
    }

    /**
     * The server gives each byte of a header as one character. What is no UTF-8 is refused: read in
     * another way it could look like a value that is.
     */
    private static String utf8(String name, String raw) throws UnfitException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(raw)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnfitException(
                    "The header " + name + " is not valid UTF-8.", "question_header_not_utf8");
        }
    }
}

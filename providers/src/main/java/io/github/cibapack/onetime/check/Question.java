// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.onetime.gateway.OriginalRequest;
import io.github.cibapack.onetime.rule.BodyField;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.QuestionTemplate;
import io.github.cibapack.text.UnfitException;
import java.util.List;
import java.util.Optional;
import org.keycloak.util.JsonSerialization;

/**
 * What the user is asked, made from the request, whole or not at all. Text from outside is data and
 * shown as it was sent: percent-encoding stays, so that two URLs never look alike.
 *
 * @param text the question, which is the binding message as well
 * @param details what the rule shows of the body besides
 */
record Question(String text, Optional<AuthorizationDetails> details) {

    /**
     * The question of a rule.
     *
     * @throws UnfitException if the request makes none that can be shown as it is
     */
    static Question of(OneTimeRule rule, OriginalRequest original) throws UnfitException {
        QuestionTemplate template = rule.question();
        List<BodyField> fields = rule.bodyFields();
        if (template.fields().isEmpty() && fields.isEmpty()) {
            return new Question(
                    new Values(original, Optional.empty()).in(template), Optional.empty());
        }
        JsonBody body = JsonBody.of(original);
        return new Question(
                new Values(original, Optional.of(body)).in(template),
                fields.isEmpty()
                        ? Optional.empty()
                        : Optional.of(details(rule.bodyType(), fields, body)));
    }

    private static AuthorizationDetails details(String type, List<BodyField> fields, JsonBody body)
            throws UnfitException {
        ObjectNode entry = JsonSerialization.createObjectNode().put("type", type);
        for (BodyField field : fields) {
            Optional<JsonNode> value = body.at(field.pointer());
            if (value.isEmpty() && !field.optional()) {
                throw missing(field.pointer());
            }
            value.filter(found -> !(field.optional() && found.isContainerNode() && found.isEmpty()))
                    .ifPresent(found -> entry.set(field.name(), found));
        }
        try {
            return AuthorizationDetails.of("[" + body.written(entry) + "]");
        } catch (UnfitException e) {
            throw new UnfitException(
                    e.sentence().replace("The authorization_details", "The fields of the body"),
                    "question_" + e.reason());
        }
    }

    static UnfitException missing(JsonPointer pointer) {
        return new UnfitException(
                "The body has no " + pointer + ".", "question_body_field_missing");
    }
}

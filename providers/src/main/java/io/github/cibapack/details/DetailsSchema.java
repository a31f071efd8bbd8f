// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.dialect.Draft202012;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.resource.SchemaLoader;
import io.github.cibapack.text.UnfitException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What an admin asks of one type of authorization details: a JSON Schema (draft 2020-12) that
 * stands for itself. Stricter than the draft, so that a slip is not a rule that never applies: no
 * unknown keywords. Nothing is loaded, and no text of a client takes more than a bounded time.
 */
final class DetailsSchema {
    private static final int MOST_KEPT = 200;

    /** Parts of a schema, those behind its references counted each time. */
    private static final int MOST_PARTS = 2_000;

    private static final int LONGEST_PLACE = 300;

    /** By the text, so that a changed one is another. */
    private static final LoadingCache<String, DetailsSchema> READ =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build(DetailsSchema::read);

    private static final Schema RULES =
            SchemaRegistry.withDialect(Draft202012.getInstance())
                    .getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));

    private static final Dialect DIALECT =
            Dialect.builder(Draft202012.getInstance())
                    .unknownKeywordFactory(
                            (keyword, context) -> {
                                throw new SchemaException("it has the unknown keyword " + keyword);
                            })
                    .build();

    private static final SchemaLoader NOTHING = SchemaLoader.builder().allow(iri -> false).build();

    private static final String ID = "$id";

    /** Would make a reference mean another place than the one that is counted. */
    private static final List<String> NAMES_OF_PLACES =
            List.of(ID, "$anchor", "$dynamicAnchor", "$dynamicRef");

    private final Optional<Schema> schema;
    private final Optional<String> flaw;

    private DetailsSchema(Schema schema, String flaw) {
        this.schema = Optional.ofNullable(schema);
        this.flaw = Optional.ofNullable(flaw);
    }

    /** The schema with this text, usable or not. */
    static DetailsSchema of(String text) {
        return READ.get(text);
    }

    /** Why nothing can be checked with it; empty if it is usable. */
    Optional<String> flaw() {
        return flaw;
    }

    /**
     * Checks one of the details; for a usable schema alone.
     *
     * @param at JSON Pointer to the entry
     * @throws UnfitException names the place and the keyword, and no value
     */
    void require(JsonNode entry, String at) throws UnfitException {
        Optional<String> broken;
        try {
            broken =
                    schema.orElseThrow().validate(entry).stream()
                            .findFirst()
                            .map(error -> place(error, at));
        } catch (SchemaException | StackOverflowError e) {
            // the latter for a pattern that nests: the looks at the text do not bound its depth
            throw new UnfitException(
                    "The authorization_details take too long to be checked.",
                    "authorization_details_schema_time");
        }
        if (broken.isPresent()) {
            throw new UnfitException(
                    "The authorization_details do not fit the schema of their type at "
                            + broken.get()
                            + ".",
                    "authorization_details_schema");
        }
    }

    private static DetailsSchema read(String text) {
        try {
            return new DetailsSchema(compiled(AuthorizationDetails.MAPPER.readTree(text)), null);
        } catch (JsonProcessingException | NumberFormatException e) {
            // the latter for an exponent that no BigDecimal has
            return new DetailsSchema(null, "it is no JSON in which no object has a member twice");
        } catch (SchemaException e) {
            return new DetailsSchema(null, e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            // a slip of the admin must not end a request without a word
            return new DetailsSchema(
                    null, "it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Schema compiled(JsonNode text) {
        if (!text.isObject()) {
            throw new SchemaException("it is no JSON object");
        }
        requireBounded(text);
        RULES.validate(text).stream()
                .findFirst()
                .ifPresent(
                        error -> {
                            throw new SchemaException(
                                    "it is no JSON Schema of draft 2020-12 at " + place(error, ""));
                        });
        BoundedPatterns patterns = new BoundedPatterns();
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().regularExpressionFactory(patterns).build();
        Schema schema =
                SchemaRegistry.withDialect(
                                DIALECT,
                                registry ->
                                        registry.schemaLoader(NOTHING).schemaRegistryConfig(config))
                        .getSchema(text);
        schema.initializeValidators();
        if (patterns.hasUnreadable()) {
            throw new SchemaException("it has a pattern that is no regular expression");
        }
        return schema;
    }

    /** A schema that refers to itself, or unfolds to very many parts, is not for a request. */
    private static void requireBounded(JsonNode schema) {
        Deque<JsonNode> open = new ArrayDeque<>(List.of(schema));
        for (int parts = 0; !open.isEmpty(); parts++) {
            if (parts > MOST_PARTS) {
                throw new SchemaException("it refers to itself, or is too large");
            }
            JsonNode part = open.pop();
            part.forEach(open::push);
            for (String keyword : NAMES_OF_PLACES) {
                if (names(part, keyword) && !(parts == 0 && keyword.equals(ID))) {
                    throw new SchemaException("a part of it has the keyword " + keyword);
                }
            }
            if (names(part, "$ref")) {
                open.push(referred(schema, part.get("$ref").textValue()));
            }
        }
    }

    /** A property with such a name has a schema as its value, and no text. */
    private static boolean names(JsonNode part, String keyword) {
        return part.path(keyword).isTextual();
    }

    private static JsonNode referred(JsonNode schema, String reference) {
        try {
            URI uri = new URI(reference);
            if (reference.startsWith("#")) {
                JsonNode found = schema.at(JsonPointer.compile(uri.getFragment()));
                if (!found.isMissingNode()) {
                    return found;
                }
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // the same as one that leads nowhere
        }
        throw new SchemaException("it has a $ref that is no JSON Pointer (#/…) to a part of it");
    }

    /** The place as the fragment of a URI (RFC 6901 §6), and the keyword that is broken there. */
    private static String place(com.networknt.schema.Error error, String at) {
        StringBuilder pointer = new StringBuilder(at);
        NodePath path = error.getInstanceLocation();
        for (int i = 0; i < path.getNameCount(); i++) {
            pointer.append(step(path.getName(i)));
        }
        Optional.ofNullable(error.getProperty()).ifPresent(name -> pointer.append(step(name)));
        String place = fragment(pointer.toString());
        return "%s (%s)"
                .formatted(
                        place.length() > LONGEST_PLACE ? fragment(at) : place, error.getKeyword());
    }

    private static String step(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String fragment(String pointer) {
        try {
            return new URI(null, null, pointer).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

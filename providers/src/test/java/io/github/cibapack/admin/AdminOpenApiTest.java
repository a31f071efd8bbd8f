// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.health.Contradiction;
import io.github.cibapack.notification.Usage;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.RequestState;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenAPI description says what the code does, all of it and nothing else. */
class AdminOpenApiTest {

    private static final SwaggerParseResult PARSED = parse();
    private static final OpenAPI API = PARSED.getOpenAPI();
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([a-z]+)}");

    private static SwaggerParseResult parse() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        return new OpenAPIV3Parser().readLocation("../docs/admin-openapi.yaml", null, options);
    }

    @Test
    void descriptionIsSoundOpenApi31() {
        assertThat(PARSED.getMessages()).isEmpty();
        assertThat(API.getOpenapi()).startsWith("3.1");
    }

    @Test
    void everyCallOfTheCodeIsDescribedAndNoOther() {
        assertThat(described().keySet()).isEqualTo(inCode().keySet());
    }

    @Test
    void everyQueryParameterOfTheCodeIsDescribedAndNoOther() {
        SoftAssertions softly = new SoftAssertions();
        inCode().forEach(
                        (call, method) ->
                                softly.assertThat(parameters(described().get(call), "query"))
                                        .as(call)
                                        .isEqualTo(queryParameters(method)));
        softly.assertAll();
    }

    @Test
    void everyCallDescribesItsPathItsBodyAndWhoMayCallIt() {
        SoftAssertions softly = new SoftAssertions();
        described()
                .forEach(
                        (call, operation) -> {
                            softly.assertThat(parameters(operation, "path"))
                                    .as(call)
                                    .isEqualTo(inPath(call));
                            softly.assertThat(operation.getRequestBody() != null)
                                    .as(call)
                                    .isEqualTo(
                                            inCode().get(call).isAnnotationPresent(Consumes.class));
                            softly.assertThat(operation.getDescription())
                                    .as(call)
                                    .containsPattern(
                                            "Needs `(view-realm` and `view-users"
                                                    + "|view-realm`, `view-users` and `view-events"
                                                    + "|manage-users|manage-realm)`");
                            softly.assertThat(operation.getResponses())
                                    .as(call)
                                    .containsKeys("401", "403");
                            softly.assertThat(operation.getOperationId()).as(call).isNotBlank();
                        });
        softly.assertAll();
    }

    @Test
    void everyChangeNamesItsAdminEvent() {
        assertThat(described())
                .allSatisfy(
                        (call, operation) -> {
                            if (!call.startsWith("GET ")) {
                                assertThat(operation.getDescription())
                                        .containsIgnoringCase("admin event `");
                            }
                        });
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of(RequestRepresentation.class, schema("Request")),
                Arguments.of(HistoryRepresentation.class, schema("History")),
                Arguments.of(HistoryRepresentation.Entry.class, schema("Event")),
                Arguments.of(CountersRepresentation.class, schema("Counters")),
                Arguments.of(CountersRepresentation.Day.class, member("Counters", "day")),
                Arguments.of(CountersRepresentation.Cooldown.class, member("Counters", "cooldown")),
                Arguments.of(CountersRepresentation.Pending.class, member("Counters", "pending")),
                Arguments.of(Usage.class, schema("Count")),
                Arguments.of(SettingsRepresentation.class, schema("ClientSettings")),
                Arguments.of(SettingsRepresentation.Value.class, schema("Value")),
                Arguments.of(ProblemsRepresentation.class, schema("Problems")),
                Arguments.of(
                        ProblemsRepresentation.Problem.class,
                        member("Problems", "problems").getItems()),
                Arguments.of(TestMailResource.Sent.class, schema("TestMailSent")),
                Arguments.of(AdminError.class, schema("Refused")));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyMemberOfABodyIsDescribedAndNoOther(Class<?> body, Schema<?> schema) {
        assertThat(schema.getProperties().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(body.getRecordComponents())
                                .map(RecordComponent::getName)
                                .toList());
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of(names(Decision.values()), member("Request", "decision")),
                Arguments.of(
                        names(RequestState.values(), state -> state != RequestState.UNKNOWN),
                        member("Request", "state")),
                Arguments.of(
                        names(SettingsRepresentation.Level.values()), member("Value", "level")),
                Arguments.of(
                        names(Contradiction.Kind.values()),
                        (Schema<?>)
                                member("Problems", "problems")
                                        .getItems()
                                        .getProperties()
                                        .get("kind")));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void everyValueOfAClosedListIsDescribedAndNoOther(List<String> values, Schema<?> schema) {
        assertThat(schema.getEnum())
                .extracting(String::valueOf)
                .containsExactlyInAnyOrderElementsOf(values);
    }

    private static Schema<?> schema(String name) {
        return API.getComponents().getSchemas().get(name);
    }

    private static Schema<?> member(String schema, String member) {
        return (Schema<?>) schema(schema).getProperties().get(member);
    }

    private static List<String> names(Enum<?>[] constants) {
        return names(constants, constant -> true);
    }

    private static List<String> names(Enum<?>[] constants, Predicate<Enum<?>> wanted) {
        return Arrays.stream(constants)
                .filter(wanted)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Calls by method and path. */
    private static Map<String, Operation> described() {
        Map<String, Operation> calls = new TreeMap<>();
        API.getPaths()
                .forEach(
                        (path, item) ->
                                item.readOperationsMap()
                                        .forEach(
                                                (method, operation) ->
                                                        calls.put(
                                                                method + " " + path,
                                                                with(
                                                                        operation,
                                                                        item.getParameters()))));
        return calls;
    }

    /** The parameters of a path are those of each of its calls. */
    private static Operation with(Operation operation, List<Parameter> ofPath) {
        List<Parameter> all =
                Stream.of(
                                Optional.ofNullable(ofPath),
                                Optional.ofNullable(operation.getParameters()))
                        .flatMap(Optional::stream)
                        .flatMap(List::stream)
                        .map(AdminOpenApiTest::resolved)
                        .distinct()
                        .toList();
        return operation.parameters(all);
    }

    private static Parameter resolved(Parameter parameter) {
        String reference = parameter.get$ref();
        return reference == null
                ? parameter
                : API.getComponents()
                        .getParameters()
                        .get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static Map<String, Method> inCode() {
        Map<String, Method> calls = new TreeMap<>();
        collect(CibaAdminResource.class, "", calls);
        return calls;
    }

    private static void collect(Class<?> resource, String path, Map<String, Method> calls) {
        for (Method method : resource.getDeclaredMethods()) {
            String own =
                    method.isAnnotationPresent(Path.class)
                            ? path + "/" + method.getAnnotation(Path.class).value()
                            : path;
            Optional<String> verb =
                    Arrays.stream(method.getAnnotations())
                            .map(Annotation::annotationType)
                            .map(type -> type.getAnnotation(HttpMethod.class))
                            .filter(annotation -> annotation != null)
                            .map(HttpMethod::value)
                            .findFirst();
            if (verb.isPresent()) {
                calls.put(verb.get() + " " + own, method);
            } else if (method.isAnnotationPresent(Path.class)) {
                collect(method.getReturnType(), own, calls);
            }
        }
    }

    private static Set<String> queryParameters(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
                .map(parameter -> parameter.getAnnotation(QueryParam.class).value())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> parameters(Operation operation, String place) {
        return Stream.ofNullable(operation.getParameters())
                .flatMap(List::stream)
                .filter(parameter -> place.equals(parameter.getIn()))
                .map(Parameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> inPath(String call) {
        return PATH_PARAMETER
                .matcher(call)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

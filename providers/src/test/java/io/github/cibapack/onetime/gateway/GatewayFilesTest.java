// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The configurations that are shipped: whatever a caller spells as the gateway's own header, or as
 * one that makes another request of its, is removed by the file or reaches the rule, which refuses
 * it. This is all that is known of the files for gateways that no test starts.
 */
class GatewayFilesTest {
    private static final Path FILES = Path.of("..", "realm-config", "gateways");
    private static final List<String> FOR_THE_API =
            List.of(Headers.USER, Headers.ID, Headers.RECEIPT);

    @Test
    void nginxHidesNothingFromTheRuleThatItDoesNotSetItself() throws IOException {
        String file = Files.readString(FILES.resolve("nginx.conf.template"));
        String check = block(file, "location = /.one-time-authorization/check {");
        String api = block(file, "location / {");

        assertThat(check)
                .doesNotContain("proxy_pass_request_headers")
                .contains("proxy_set_header X-Gateway-Secret \"${GATEWAY_SECRET}\";");
        assertThat(OverrideHeaders.NAMES)
                .noneMatch(name -> check.toLowerCase(Locale.ROOT).contains(lower(name)));
        assertThat(FOR_THE_API)
                .allMatch(name -> api.contains("proxy_set_header " + name + " $one_time_"));
        assertThat(List.of(Headers.TRANSACTION, Headers.BODY, Headers.SECRET))
                .allMatch(name -> api.contains("proxy_set_header " + name + " \"\";"));
    }

    @Test
    void nginxHasNoLimitForBodiesWhereNobodyReadsThem() throws IOException {
        String file = Files.readString(FILES.resolve("nginx.conf.template"));

        assertThat(Stream.of(file.split("\n    location ")).skip(2))
                .hasSize(4)
                .allMatch(location -> location.contains("client_max_body_size 0;"));
    }

    @Test
    void caddyRemovesOwnHeadersAndUnderscoresBeforeTheRuleIsAsked() throws IOException {
        String file = Files.readString(FILES.resolve("Caddyfile"));
        String before = file.substring(0, file.indexOf("reverse_proxy {$KEYCLOAK_URL}"));

        assertThat(before)
                .contains(
                        "request_header -One-Time-Authorization-*",
                        "request_header -*_*",
                        "request_header -X-Gateway-Secret",
                        "request_header @other -Connection",
                        "request_header @websocket Connection Upgrade");
    }

    @Test
    void traefikSendsAllHeadersToTheRuleAndRemovesItsOwn() throws IOException {
        JsonNode middlewares = yaml("traefik.yaml").at("/http/middlewares");
        JsonNode cleaned = middlewares.at("/one-time-clean/headers/customRequestHeaders");
        JsonNode check = middlewares.at("/one-time-check/forwardAuth");

        assertThat(check.has("authRequestHeaders")).as("all are sent").isFalse();
        assertThat(check.path("trustForwardHeader").asBoolean(true)).isFalse();
        assertThat(texts(check.path("authResponseHeaders"))).containsExactlyElementsOf(FOR_THE_API);
        assertThat(
                        Stream.concat(
                                FOR_THE_API.stream(),
                                FOR_THE_API.stream().map(name -> name.replace('-', '_'))))
                .allMatch(name -> cleaned.has(name) && cleaned.path(name).asText().isEmpty());
        assertThat(cleaned.path("Connection").asText("kept")).isEmpty();
        assertThat(texts(yaml("traefik.yaml").at("/http/routers/api/middlewares")))
                .containsExactly("one-time-clean", "one-time-check", "one-time-done");
        JsonNode done = middlewares.at("/one-time-done/headers/customRequestHeaders");
        assertThat(List.of(Headers.TRANSACTION, Headers.BODY, Headers.SECRET))
                .allMatch(name -> done.path(name).asText("kept").isEmpty());
    }

    @Test
    void envoyRefusesUnderscoresAndSendsOtherSpellingsToTheRule() throws IOException {
        JsonNode manager =
                yaml("envoy.yaml")
                        .at("/static_resources/listeners/0/filter_chains/0/filters/0/typed_config");
        assertThat(
                        manager.at("/common_http_protocol_options/headers_with_underscores_action")
                                .asText())
                .isEqualTo("REJECT_REQUEST");
        JsonNode filters = manager.path("http_filters");
        List<String> removed =
                filters.at("/0/typed_config/mutations/request_mutations")
                        .findValuesAsText("remove");
        assertThat(removed).containsAll(FOR_THE_API.stream().map(GatewayFilesTest::lower).toList());
        assertThat(removed).contains(lower(Headers.SECRET));
        Predicate<String> sent = sentToTheRule(filters);
        assertThat(
                        Stream.concat(
                                        OverrideHeaders.NAMES.stream(),
                                        Stream.of(
                                                Headers.TRANSACTION,
                                                Headers.USER,
                                                "Content-Digest",
                                                "Method-Override"))
                                .map(GatewayFilesTest::lower))
                .allMatch(sent)
                .allMatch(name -> sent.test(name.replace('-', '.')))
                .allMatch(name -> sent.test(name.replace('-', '!')));
        assertThat(List.of("x-forwarded-proto", "x-forwarded-for", "accept", "cookie"))
                .allMatch(sent);
        assertThat(sent).rejects("content-length", "transfer-encoding", "connection", "te");
        assertThat(
                        filters.at(
                                        "/1/typed_config/http_service/authorization_response"
                                                + "/allowed_upstream_headers/patterns")
                                .findValuesAsText("exact"))
                .containsExactlyElementsOf(
                        FOR_THE_API.stream().map(GatewayFilesTest::lower).toList());
        assertThat(filters.at("/1/typed_config/failure_mode_allow").asBoolean(true)).isFalse();
    }

    private static Predicate<String> sentToTheRule(JsonNode filters) {
        JsonNode patterns = filters.at("/1/typed_config/allowed_headers/patterns");
        List<Predicate<String>> any = new ArrayList<>();
        patterns.forEach(
                pattern ->
                        any.add(
                                pattern.has("exact")
                                        ? pattern.path("exact").asText()::equals
                                        : name ->
                                                name.matches(
                                                        pattern.at("/safe_regex/regex").asText())));
        assertThat(any).hasSizeGreaterThan(4);
        return name -> any.stream().anyMatch(one -> one.test(name));
    }

    private static String block(String file, String begin) {
        int from = file.indexOf(begin);
        return file.substring(from, file.indexOf("\n    }", from));
    }

    private static JsonNode yaml(String name) throws IOException {
        return new YAMLMapper().readTree(Files.readString(FILES.resolve(name)));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

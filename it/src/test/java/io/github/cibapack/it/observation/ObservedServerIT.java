// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.SeenSecrets;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.suite.OwnServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that sends traces and writes its log as JSON. */
@OwnServer
class ObservedServerIT {
    private static final String LOGGER = "io.github.cibapack.";

    /** A lone {@code @} may be a length in the binary form of a span. */
    private static final Pattern ADDRESS = Pattern.compile("@[a-z][a-z0-9-]*\\.[a-z]");

    private static final Pattern CORRELATION = Pattern.compile("Correlation ID: ([0-9a-f-]+)");
    private static final TraceReceiver TRACES = TraceReceiver.start();

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.addUser("tess");
                                realm.clientAttribute(
                                        "gas-pump-post", "ciba.policies", "no-such-policy");
                            })
                    .on(
                            ServerOptions.featured()
                                    .withRuntimeOptions(
                                            "--tracing-endpoint=" + TRACES.url() + "/v1/traces",
                                            "--tracing-protocol=http/protobuf",
                                            "--log-console-output=json"));

    private final RelyingParty pump = REALM.gasPump();

    @AfterAll
    static void stop() {
        TRACES.close();
    }

    @Test
    void tracesShowTheStepsOfARequestAndNoSecret() {
        Answer started = pump.start("tess", "traced words").accepted();
        URI link = REALM.linkOf(started);
        assertThat(pump.poll(started.authReqId()).isUndecided()).isTrue();
        ApprovalForm.decide(link, "approve");
        Answer tokens = pump.pollUntilDecided(started);
        assertThat(tokens.status()).isEqualTo(200);

        awaitSpan("ciba.redemption", started, "tokens");
        awaitSpan("ciba.decision", started, "approved");
        awaitSpan("ciba.delivery", started, "email");
        awaitSpan("ciba.intake", started, null);
        assertThat(TRACES.ofThePack())
                .filteredOn(span -> started.authReqId().equals(request(span)))
                .hasSize(4);
        String ticket = link.getPath().substring(link.getPath().lastIndexOf('/') + 1);
        assertThat(TRACES.ofThePack())
                .noneMatch(span -> span.attributes().containsValue("traced words"))
                .noneMatch(span -> span.all().contains(ticket))
                .noneMatch(span -> ADDRESS.matcher(span.all()).find())
                .noneMatch(span -> span.all().contains(tokens.text("access_token")))
                .allSatisfy(span -> assertThat(SeenSecrets.foundIn(span.all())).isEmpty());
    }

    @Test
    void stepThatFailsSaysWhatKindOfFailureItWas() {
        Answer refused = pump.start(Form.of("scope", "openid", "login_hint", "nobody@x.example"));
        assertThat(refused.status()).isEqualTo(400);

        Awaitility.await("the span of the refusal")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(TRACES.ofThePack())
                                        .extracting(TraceReceiver.Span::attributes)
                                        .anySatisfy(
                                                attributes ->
                                                        assertThat(attributes)
                                                                .containsEntry(
                                                                        "error.type",
                                                                        "CibaErrorException")));
        assertThat(TRACES.ofThePack()).noneMatch(span -> span.all().contains("nobody@x.example"));
    }

    @Test
    void everyLineOfTheLogIsOneObjectThatTellsTheCall() {
        Answer refused = REALM.gasPumpPost().start("tess", "logged");
        assertThat(refused.status()).as(refused.body()).isGreaterThanOrEqualTo(400);
        Matcher told = CORRELATION.matcher(refused.errorDescription());
        assertThat(told.find()).isTrue();

        List<String> lines =
                REALM.server().logs().lines().filter(line -> line.contains(LOGGER)).toList();
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Json.parse(line).isObject()).as(line).isTrue());
        assertThat(lines.stream().map(Json::parse))
                .filteredOn(line -> line.path("message").asText().contains("cannot be served"))
                .isNotEmpty()
                .allSatisfy(
                        line -> {
                            assertThat(line.path("level").asText()).isEqualTo("ERROR");
                            assertThat(line.path("loggerName").asText()).startsWith(LOGGER);
                            assertThat(line.path("timestamp").asText()).isNotEmpty();
                            assertThat(line.path("message").asText()).contains("gas-pump-post");
                            assertThat(line.path("mdc").path("kc.cibaCorrelationId").asText())
                                    .isEqualTo(told.group(1));
                        });
    }

    private static void awaitSpan(String name, Answer started, String outcome) {
        Awaitility.await(name)
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(TRACES.ofThePack())
                                        .anySatisfy(
                                                span -> {
                                                    assertThat(span.name()).isEqualTo(name);
                                                    assertThat(request(span))
                                                            .isEqualTo(started.authReqId());
                                                    assertThat(
                                                                    span.attributes()
                                                                            .get("ciba.outcome"))
                                                            .isEqualTo(outcome);
                                                }));
    }

    private static String request(TraceReceiver.Span span) {
        return span.attributes().get("ciba.auth_req_id");
    }
}

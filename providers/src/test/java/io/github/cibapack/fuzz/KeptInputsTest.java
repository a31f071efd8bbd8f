// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parsers of bytes from outside fail in no other way than they are made to. */
class KeptInputsTest {

    /** Of each parser; all of them together take less than a quarter of a minute. */
    private static final Duration A_MOMENT = Duration.ofMillis(Long.getLong("fuzz.millis", 700));

    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int MOST = 20_000;

    /** Inputs that a changed one is made of, as a fuzzer changes them. */
    private static final List<String> TOKENS =
            List.of("\"", "\\", "{", "}", "[", "]", ":", ",", "=", "&", "%", "..", "/", "\0", "\n");

    static List<FuzzTarget> targets() {
        return FuzzTarget.all();
    }

    @Test
    void parsersOfBytesFromOutsideAreUnderFire() {
        assertThat(targets())
                .extracting(FuzzTarget::name)
                .containsExactlyInAnyOrder(
                        "AuthorizationDetailsFuzz",
                        "ChannelAnswerFuzz",
                        "CodesFuzz",
                        "ConfigurationFuzz",
                        "ContentDigestFuzz",
                        "ForeignJwtFuzz",
                        "FormFuzz",
                        "GatewayFuzz",
                        "HintTokenFuzz",
                        "IdempotencyKeyFuzz",
                        "JsonBodyFuzz",
                        "PathFuzz",
                        "PreferFuzz",
                        "ProviderAnswerFuzz",
                        "QuestionFuzz",
                        "ResourceFuzz",
                        "RuleSettingsFuzz",
                        "ShownTextFuzz",
                        "SubjectIdentifierFuzz",
                        "WebhookAnswerFuzz");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void keptInputIsTakenOrRefused(FuzzTarget target) {
        assertThat(target.seeds()).isNotEmpty();
        target.seeds().forEach(input -> feed(target, input));
        feed(target, new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void changedInputIsTakenOrRefused(FuzzTarget target) {
        // the same ones each time: a build finds what a change broke, Jazzer what is new
        Random random = new Random(SEED);
        long end = System.nanoTime() + A_MOMENT.toNanos();
        for (int i = 0; i < MOST && System.nanoTime() < end; i++) {
            byte[] input = target.seeds().get(random.nextInt(target.seeds().size()));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                input = changed(input, target, random);
            }
            feed(target, input);
        }
    }

    private static byte[] changed(byte[] input, FuzzTarget target, Random random) {
        int at = random.nextInt(input.length + 1);
        int end = at + random.nextInt(input.length - at + 1);
        return switch (random.nextInt(5)) {
            case 0 -> joined(input, at, new byte[] {(byte) random.nextInt(256)}, at);
            case 1 -> joined(input, at, new byte[0], end);
            case 2 -> joined(input, at, Arrays.copyOfRange(input, at, end), at);
            case 3 -> {
                String token = TOKENS.get(random.nextInt(TOKENS.size()));
                yield joined(input, at, token.getBytes(StandardCharsets.UTF_8), at);
            }
            default -> {
                byte[] other = target.seeds().get(random.nextInt(target.seeds().size()));
                yield joined(input, at, other, end);
            }
        };
    }

    /** The beginning of an input up to a place, something, and the rest from another place on. */
    private static byte[] joined(byte[] input, int to, byte[] between, int from) {
        byte[] joined = new byte[to + between.length + input.length - from];
        System.arraycopy(input, 0, joined, 0, to);
        System.arraycopy(between, 0, joined, to, between.length);
        System.arraycopy(input, from, joined, to + between.length, input.length - from);
        return joined;
    }

    private static void feed(FuzzTarget target, byte[] input) {
        try {
            target.feed(input);
        } catch (Throwable e) {
            fail(target + " fails on " + Base64.getEncoder().encodeToString(input), e);
        }
    }
}

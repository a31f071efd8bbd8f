// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A digest is whole, of an algorithm that nobody can forge, and read in one way by everybody. */
class ContentDigestTest {
    private static final String SHORT = member("sha-256", 32);
    private static final String LONG = member("sha-512", 64);

    static List<String> good() {
        return List.of(
                SHORT, LONG, SHORT + ", " + LONG, LONG + "," + SHORT, SHORT + "  ,  " + LONG);
    }

    @ParameterizedTest
    @MethodSource("good")
    void wholeDigestsOfStrongAlgorithmsBind(String value) {
        assertThat(ContentDigest.isStrong(value)).isTrue();
    }

    static List<String> bad() {
        return List.of(
                "foo=\"a, " + SHORT + "\"",
                "foo=\"a\", " + SHORT,
                SHORT + ", md5=:1B2M2Y8AsgTpgAmY7PhCfg==:",
                SHORT + "," + SHORT,
                member("sha-256", 31) + "," + SHORT,
                SHORT + "," + member("sha-256", 31),
                SHORT + ";a=1",
                SHORT + ";a",
                "(" + SHORT + ")",
                "sha-256=(" + SHORT.substring("sha-256=".length()) + ")",
                "sha-256=" + "\"" + "A".repeat(43) + "=\"",
                "sha-256",
                "sha-256=?1",
                "sha-256=::",
                "sha-256=:" + "A".repeat(42) + "B=:",
                "sha-256=:" + "A".repeat(43) + ":",
                "sha-256=:" + "A".repeat(43) + "==:",
                "sha-256=:" + "A".repeat(50) + ":",
                "sha-256=:" + "A".repeat(88) + ":",
                "sha-256=:" + "_".repeat(43) + "=:",
                "SHA-256=" + SHORT.substring("sha-256=".length()),
                "sha-1=:" + "A".repeat(27) + "=:",
                "sha-512/256=" + SHORT.substring("sha-256=".length()),
                SHORT + ",",
                "," + SHORT,
                SHORT + " " + LONG,
                SHORT + ";" + LONG,
                SHORT.replace("=:", "= :"),
                SHORT + "\u0000",
                SHORT + "\u00e9",
                SHORT + " ".repeat(300));
    }

    @ParameterizedTest
    @MethodSource("bad")
    @ValueSource(strings = {"", " ", "=", ":", "sha-256=:", "a=(((((((("})
    void anythingElseDoesNot(String value) {
        assertThat(ContentDigest.isStrong(value)).isFalse();
    }

    @Property
    void lengthIsThatOfTheAlgorithm(
            @ForAll @From("algorithms") String algorithm, @ForAll @IntRange(max = 90) int bytes) {
        boolean whole =
                (algorithm.equals("sha-256") && bytes == 32)
                        || (algorithm.equals("sha-512") && bytes == 64);

        assertThat(ContentDigest.isStrong(member(algorithm, bytes))).isEqualTo(whole);
    }

    /** What is taken is a list of members that each reader finds in the same place. */
    @Property(tries = 5_000)
    void whatIsTakenHasNothingElseInIt(@ForAll @From("almost") String value) {
        if (ContentDigest.isStrong(value)) {
            assertThat(value.strip().split("[ \t]*,[ \t]*", -1))
                    .doesNotHaveDuplicates()
                    .allMatch(
                            member ->
                                    member.matches(
                                            "sha-256=:[A-Za-z0-9+/]{43}=:"
                                                    + "|sha-512=:[A-Za-z0-9+/]{86}==:"));
        }
    }

    @Provide
    Arbitrary<String> algorithms() {
        return Arbitraries.of("sha-256", "sha-512", "sha-384", "md5", "sha", "*", "x-sha-256");
    }

    @Provide
    Arbitrary<String> almost() {
        return Arbitraries.of(
                        SHORT,
                        LONG,
                        ",",
                        " ",
                        "\t",
                        ";",
                        "a",
                        "=",
                        ":",
                        "(",
                        ")",
                        "\"",
                        "\\",
                        "?1",
                        "sha-256",
                        "sha-512=",
                        "=:",
                        "AAAA",
                        "*",
                        "1.5",
                        "@1",
                        "%22",
                        member("sha-256", 64))
                .list()
                .ofMaxSize(6)
                .map(pieces -> String.join("", pieces));
    }

    private static String member(String algorithm, int bytes) {
        return algorithm + "=:" + Base64.getEncoder().encodeToString(new byte[bytes]) + ":";
    }
}

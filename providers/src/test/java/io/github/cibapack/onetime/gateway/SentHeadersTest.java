// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rule reads is there once, in one spelling. */
class SentHeadersTest {
    private static final List<String> OWN =
            List.of(
                    Headers.TRANSACTION,
                    Headers.USER,
                    Headers.ID,
                    Headers.RECEIPT,
                    Headers.ANSWER,
                    Headers.SECRET);

    @Property
    void overrideIsRefusedInEachSpelling(@ForAll @From("overrides") String name) {
        assertThatThrownBy(() -> sent(Map.of(name, List.of("DELETE"))).requireUnambiguous())
                .isInstanceOf(RefusedCheckException.class)
                .hasMessageContaining(name);
    }

    @Property
    void ownHeaderIsTakenInItsOwnSpellingAndRefusedInOthers(@ForAll @From("own") String name) {
        SentHeaders headers = sent(Map.of(name, List.of("x")));

        if (OWN.stream().anyMatch(name::equalsIgnoreCase)) {
            assertThatCode(headers::requireUnambiguous).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(headers::requireUnambiguous)
                    .isInstanceOf(RefusedCheckException.class);
        }
    }

    @Property
    void headerThatIsReadHasNoTwin(@ForAll @From("amounts") String name) {
        SentHeaders others = sent(Map.of("X-Amount", List.of("50"), name + "2", List.of("y")));
        assertThat(others.only("x-amount")).isEqualTo("50");

        SentHeaders twins = sent(Map.of("X-Amount", List.of("50"), name, List.of("5000")));
        assertThatThrownBy(() -> twins.only("X-Amount")).isInstanceOf(RefusedCheckException.class);
    }

    @Test
    void headerThatComesTwiceIsRefusedByItsName() {
        SentHeaders headers = sent(Map.of("X-Forwarded-Proto", List.of("https", "http")));

        assertThatThrownBy(() -> headers.only("X-Forwarded-Proto"))
                .isInstanceOfSatisfying(
                        RefusedCheckException.class,
                        refused -> {
                            assertThat(refused.status().getStatusCode()).isEqualTo(400);
                            assertThat(refused.sentence())
                                    .isEqualTo(
                                            "The header X-Forwarded-Proto is there more than"
                                                    + " once.");
                        });
    }

    @Test
    void listMayComeInParts() {
        assertThat(sent(Map.of("Accept", List.of("a", "b"))).joined("accept")).isEqualTo("a, b");
        assertThat(sent(Map.of()).joined("Accept")).isNull();
    }

    @Test
    void secretsGo() {
        SentHeaders left =
                sent(Map.of("authorization", List.of("Bearer x"), "A", List.of("b")))
                        .without(Set.of("Authorization"));

        assertThat(left.only("Authorization")).isNull();
        assertThat(left.only("a")).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept",
                "X-Requested-With",
                "api_key",
                "X-Methods",
                "Authorization",
                "X-Callback-URL",
                "X-Request-ID",
                "Access-Control-Request-Method",
                "X-Forwarded-Method",
                "X-Original-URI"
            })
    void otherHeadersAreTheCallersOwnBusiness(String name) {
        assertThatCode(() -> sent(Map.of(name, List.of("x", "y"))).requireUnambiguous())
                .doesNotThrowAnyException();
    }

    @Test
    void longNameMakesNoLongAnswer() {
        SentHeaders headers = sent(Map.of("X-Override-" + "a".repeat(8000), List.of("x")));

        assertThatThrownBy(headers::requireUnambiguous)
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(200));
    }

    @Provide
    Arbitrary<String> overrides() {
        return spellings(
                Stream.concat(
                                OverrideHeaders.NAMES.stream(),
                                Stream.of(
                                        "X-HTTP-Path-Override",
                                        "Method-Override",
                                        "SCRIPT-NAME",
                                        "X-Original-Verb"))
                        .toList());
    }

    @Provide
    Arbitrary<String> own() {
        return spellings(OWN);
    }

    @Provide
    Arbitrary<String> amounts() {
        return spellings(List.of("X-Amount")).filter(name -> !name.equals("X-Amount"));
    }

    /** In any case, with any character of a name (RFC 9110 §5.6.2) in the place of a hyphen. */
    private static Arbitrary<String> spellings(List<String> names) {
        return Combinators.combine(
                        Arbitraries.of(names),
                        Arbitraries.of("-_.!#$%&'*+^`|~-".split("")).list().ofSize(5),
                        Arbitraries.of(true, false).list().ofSize(40))
                .as(
                        (name, hyphens, capitals) -> {
                            StringBuilder spelling = new StringBuilder();
                            int hyphen = 0;
                            for (int i = 0; i < name.length(); i++) {
                                String next = name.substring(i, i + 1);
                                spelling.append(
                                        next.equals("-")
                                                ? hyphens.get(hyphen++)
                                                : capitals.get(i)
                                                        ? next
                                                        : next.toLowerCase(Locale.ROOT));
                            }
                            return spelling.toString();
                        });
    }

    private static SentHeaders sent(Map<String, List<String>> headers) {
        return SentHeaders.of(headers);
    }
}

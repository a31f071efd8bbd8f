// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.onetime.gateway.OriginalRequest;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleMatcherTest {
    private static final RuleMatcher PAYMENTS =
            new RuleMatcher(
                    Optional.of("POST, PUT"),
                    Optional.of("/payments, /pay/*/now, /admin/**"),
                    true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/payments",
                "/payments/",
                "/PAYMENTS",
                "/pay/7/now",
                "/admin",
                "/admin/",
                "/admin/a/b",
                "/%70ayments",
                "/payments?x=/harmless"
            })
    void whatARuleNamesNeedsAnApproval(String uri) {
        assertThat(PAYMENTS.includes(request("POST", uri))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/balance", "/payments/7", "/pay/7/8/now", "/x?y=/payments"})
    void anythingElseDoesNot(String uri) {
        assertThat(PAYMENTS.includes(request("POST", uri))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/../payments",
                "/x/./y",
                "//payments",
                "/x;y",
                "/x%2fpayments",
                "/x%5cpayments",
                "/x%252fpayments",
                "/x%00",
                "/x%zz",
                "/x/..",
                "/payments#x",
                "/x%23y"
            })
    void whatCanBeReadInTwoWaysNeedsOne(String uri) {
        assertThat(PAYMENTS.includes(request("POST", uri))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"GET, false", "PUT, true", "DELETE, false", "PURGE, true"})
    void methodsAreTheRulesOwn(String method, boolean covered) {
        assertThat(PAYMENTS.includes(request(method, "/payments"))).isEqualTo(covered);
    }

    /** Servers answer HEAD by doing what GET does, and nobody knows what they do for FOO. */
    @Test
    void methodThatAServerMayTakeForOneOfTheRulesIsCovered() {
        RuleMatcher reads = new RuleMatcher(Optional.of("GET"), Optional.empty(), true);

        assertThat(reads.includes(request("HEAD", "/"))).isTrue();
        assertThat(reads.includes(request("FOO", "/"))).isTrue();
        assertThat(reads.includes(request("POST", "/"))).isFalse();
        assertThat(reads.includes(request("OPTIONS", "/"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "?_method=DELETE, true",
        "?a=b&_METHOD=delete, true",
        "?a=b;_method=x, true",
        "?%5fmethod%5b%5d=DELETE, true",
        "?X-HTTP-Method-Override=PUT, true",
        "?a=%zz, true",
        "?method=card, false",
        "?a=x_method, false",
        "'', false"
    })
    void methodInTheQueryMayBeAny(String query, boolean covered) {
        assertThat(PAYMENTS.includes(request("GET", "/payments" + query))).isEqualTo(covered);
        assertThat(PAYMENTS.includes(request("GET", "/balance" + query))).isFalse();
    }

    @Test
    void ruleThatNamesNothingCoversAll() {
        RuleMatcher all = new RuleMatcher(Optional.empty(), Optional.empty(), true);

        assertThat(all.includes(request("GET", "/"))).isTrue();
    }

    @Property
    void noSpellingOfACoveredPathGetsAround(@ForAll @From("spellings") String uri) {
        assertThat(PAYMENTS.includes(request("POST", uri))).isTrue();
    }

    /** Each letter of the path as itself, in the other case, or encoded. */
    @Provide
    Arbitrary<String> spellings() {
        return Arbitraries.integers()
                .between(0, 2)
                .list()
                .ofSize("payments".length())
                .map(
                        ways -> {
                            StringBuilder uri = new StringBuilder("/");
                            for (int i = 0; i < ways.size(); i++) {
                                char letter = "payments".charAt(i);
                                uri.append(
                                        switch (ways.get(i)) {
                                            case 0 -> String.valueOf(letter);
                                            case 1 -> String.valueOf((char) (letter - 'a' + 'A'));
                                            default -> "%%%02x".formatted((int) letter);
                                        });
                            }
                            return uri.toString();
                        });
    }

    private static OriginalRequest request(String method, String uri) {
        return new OriginalRequest(
                method, "https", "api.example", uri, Optional.empty(), name -> null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cibapack.onetime.gateway.OriginalRequest;
import io.github.cibapack.onetime.rule.QuestionTemplate;
import io.github.cibapack.text.UnfitException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {
    private static final String SEND = "Send ${header.X-Amount} to ${header.X-Payee}";

    @Test
    void questionIsFilledFromTheRequest() throws Exception {
        assertThat(
                        question(
                                "${method} ${path} on ${host}: ${header.X-Amount}",
                                "/transfers?x=1",
                                Map.of("X-Amount", "50 EUR")))
                .isEqualTo("POST /transfers on api.example: 50 EUR");
    }

    @Test
    void whatComesFromOutsideIsNeverAVariable() throws Exception {
        assertThat(
                        question(
                                "${header.X-Amount}",
                                "/",
                                Map.of("X-Amount", "${host} $1 \\1 ${header.X-Amount}")))
                .isEqualTo("${host} $1 \\1 ${header.X-Amount}");
    }

    @Test
    void urlIsShownAsItWasSent() throws Exception {
        assertThat(
                        question(
                                "Approve ${method} ${path}${query}",
                                "/transfers?amount=5000&to=%E2%80%AEyrollam%20%20%20",
                                Map.of()))
                .isEqualTo("Approve POST /transfers?amount=5000&to=%E2%80%AEyrollam%20%20%20");
    }

    @Test
    void headersAreReadAsUtf8() throws Exception {
        assertThat(question("To ${header.X-Payee}", "/", Map.of("X-Payee", utf8("Zoë Müller 👍"))))
                .isEqualTo("To Zoë Müller 👍");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "50  EUR|question_header_blank",
                "50\tEUR|question_header_blank",
                "50\u00A0EUR|question_header_blank",
                "50 EUR |question_header_blank",
                "50\u200BEUR|question_header_unseen",
                "50\u202EEUR|question_header_unseen",
                "50\u2800EUR|question_header_unseen",
                "5\u03360 EUR|question_header_mark",
                "e\u0301|question_header_form",
            })
    void valueThatIsNotShownAsItWasSentIsRefused(String amount, String reason) {
        assertUnfit(SEND, Map.of("X-Amount", utf8(amount), "X-Payee", "mallory"), reason);
    }

    @Test
    void nothingIsCut() throws Exception {
        String longest = "5".repeat(256 - "Send  to m".length());

        assertThat(question(SEND, "/", Map.of("X-Amount", longest, "X-Payee", "m"))).hasSize(256);
        assertUnfit(SEND, Map.of("X-Amount", longest + "0", "X-Payee", "m"), "question_too_long");
        assertUnfit(
                SEND,
                Map.of("X-Amount", "50" + " ".repeat(251) + "EUR", "X-Payee", "mallory"),
                "question_header_blank");
    }

    @Test
    void valueThatIsMissingIsNoQuestion() {
        assertUnfit(SEND, Map.of("X-Payee", "mallory"), "question_header_missing");
        assertUnfit(SEND, Map.of("X-Payee", "m", "X-Amount", " "), "question_header_missing");
    }

    @Test
    void headerThatIsNotUtf8IsRefused() {
        assertUnfit(
                "${header.X-Payee}", Map.of("X-Payee", "M\u00FCller"), "question_header_not_utf8");
    }

    @Test
    void questionOfTwoRequestsIsRefused() throws Exception {
        assertUnfit(SEND, Map.of("X-Amount", "5 to bob", "X-Payee", "x"), "question_unclear");
        assertUnfit(SEND, Map.of("X-Amount", "5", "X-Payee", "bob to x"), "question_unclear");
        assertThat(question(SEND, "/", Map.of("X-Amount", "5", "X-Payee", "bob tox"))).isNotEmpty();
    }

    /** The approval would be taken for the other request. */
    @Property(tries = 5_000)
    void twoRequestsNeverMakeTheSameQuestion(
            @ForAll @From("templates") String template,
            @ForAll @From("values") Map<String, String> one,
            @ForAll @From("values") Map<String, String> other) {
        Optional<String> first = asked(template, one);
        Optional<String> second = asked(template, other);

        if (first.isPresent() && first.equals(second)) {
            for (String name : QuestionTemplate.of(template).headers()) {
                assertThat(one.get(name)).isEqualTo(other.get(name));
            }
            if (template.contains("${query}")) {
                assertThat(one.get("uri")).isEqualTo(other.get("uri"));
            }
        }
    }

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.of(
                SEND,
                "${header.X-Amount} ${header.X-Payee}",
                "${path}${query} ${header.X-Payee}",
                "${header.X-Amount}${path}${query}",
                "${header.X-Amount}${query}${header.X-Payee}${path}");
    }

    @Provide
    Arbitrary<Map<String, String>> values() {
        Arbitrary<String> word = Arbitraries.of("5", "to", "a", " ", "/", "?", "?b", "x", "5 to a");
        Arbitrary<String> text = word.list().ofMinSize(1).ofMaxSize(4).map(w -> String.join("", w));
        Arbitrary<String> uri =
                Arbitraries.of("/", "/a", "/a?b", "/?b", "/?", "/a/?", "/5", "/a?b/?", "/a?b?b");
        return net.jqwik.api.Combinators.combine(text, text, uri)
                .as((amount, payee, to) -> Map.of("X-Amount", amount, "X-Payee", payee, "uri", to));
    }

    private static Optional<String> asked(String template, Map<String, String> values) {
        try {
            return Optional.of(question(template, values.get("uri"), values));
        } catch (UnfitException e) {
            return Optional.empty();
        }
    }

    private static void assertUnfit(String template, Map<String, String> headers, String reason) {
        assertThatThrownBy(() -> question(template, "/transfers", headers))
                .asInstanceOf(InstanceOfAssertFactories.type(UnfitException.class))
                .extracting(UnfitException::reason)
                .isEqualTo(reason);
    }

    /** As the server gives the bytes of a header. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String question(String template, String uri, Map<String, String> headers)
            throws UnfitException {
        Map<String, String> sent = new HashMap<>(headers);
        return new Values(
                        new OriginalRequest(
                                "POST", "https", "api.example", uri, Optional.empty(), sent::get),
                        Optional.empty())
                .in(QuestionTemplate.of(template));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cibapack.text.Texts;
import io.github.cibapack.text.UnfitException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees of authorization details: all, each thing once, as what it is. */
class DetailsViewTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Texts ENGLISH = Texts.builtIn(Locale.ENGLISH);

    private static final String PAYMENT =
            """
            [{"type":"payment_initiation","actions":["initiate","cancel"],
              "instructedAmount":{"currency":"EUR","amount":"1234567.50"},
              "creditorName":"Merchant A","creditorAccount":{"iban":"DE02100100109307118603"},
              "creditorAddress":{"street":"Main St 5","town":"Bern"},
              "requestedExecutionDate":"2026-12-24","note":{"urgent":true,"tags":[{"id":7}]}}]
            """;

    @Test
    void paymentIsSaidInWordsAndAllElseBelow() throws UnfitException {
        ShownDetail shown = shown(PAYMENT, Locale.ENGLISH);

        assertThat(shown.heading()).isEqualTo("Payment");
        assertThat(shown.fields())
                .containsExactly(
                        field("Amount", "1,234,567.50 EUR"),
                        field("Payee", "Merchant A"),
                        field("Payee’s account", "DE02 1001 0010 9307 1186 03"),
                        field("Payee’s address", "Main St 5", "Bern"),
                        field("Execution date", "December 24, 2026"));
        assertThat(shown.more())
                .containsExactly(
                        field("actions", "initiate", "cancel"),
                        field("note › urgent", "Yes"),
                        field("note › tags [1] › id", "7"));
        assertThat(shown.summary()).isEqualTo("Payment: 1,234,567.50 EUR");
    }

    @ParameterizedTest
    @CsvSource({
        "de, '1.234.567,50 EUR', 24. Dezember 2026",
        "fr, '1 234 567,50 EUR', 24 décembre 2026",
        "ja, '1,234,567.50 EUR', 2026年12月24日",
        "ar, '1,234,567.50 EUR', 24 ديسمبر 2026"
    })
    void amountsAndDatesAreInTheReadersLanguage(String language, String amount, String date)
            throws UnfitException {
        ShownDetail shown = shown(PAYMENT, Locale.forLanguageTag(language));

        assertThat(shown.fields().get(0).lines())
                .singleElement()
                .extracting(text -> text.replaceAll("[\\u00A0\\u202F]", " "))
                .isEqualTo(amount);
        assertThat(shown.fields().get(4).lines()).containsExactly(date);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"currency\":\"EUR\",\"amount\":\"1,50\"}",
                "{\"currency\":\"euro\",\"amount\":\"1.50\"}",
                "{\"currency\":\"EUR\",\"amount\":\"1.50\",\"more\":\"9\"}",
                "\"1.50\""
            })
    void amountThatIsNoneStaysAsItWasSent(String amount) throws Exception {
        ShownDetail shown =
                shown(
                        "[{\"type\":\"payment_initiation\",\"instructedAmount\":" + amount + "}]",
                        Locale.GERMAN);

        assertThat(shown.fields()).isEmpty();
        assertThat(linesOf(shown)).containsAll(leaves(MAPPER.readTree(amount)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"town\":\"Bonn\",\"recurring\":true}",
                "{\"town\":\"Bonn\",\"creditorAccount\":\"DE02100100109307118603\"}",
                "{\"town\":\"Bonn\",\"country\":{\"code\":\"DE\"}}",
                "[\"Bonn\",7]"
            })
    void addressThatHoldsMoreIsShownWithItsNames(String address) throws Exception {
        ShownDetail shown =
                shown(
                        "[{\"type\":\"payment_initiation\",\"creditorAddress\":" + address + "}]",
                        Locale.ENGLISH);

        assertThat(shown.fields()).isEmpty();
        assertThat(shown.more())
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.toString()).contains("creditorAddress"));
        assertThat(linesOf(shown)).contains("Bonn");
    }

    @Test
    void typeWithoutTextsIsATree() throws UnfitException {
        ShownDetail shown = shown("[{\"type\":\"x\",\"a.b\":1,\"a\":{\"b\":2}}]", Locale.ENGLISH);

        assertThat(shown.heading()).isEqualTo("x");
        assertThat(shown.more()).containsExactly(field("a.b", "1"), field("a › b", "2"));
    }

    /** The proof that nothing is approved unseen. */
    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void eachLeafIsVisibleOrTheRequestIsRefused(@ForAll("details") List<Object> sent)
            throws Exception {
        String json = MAPPER.writeValueAsString(sent);
        AuthorizationDetails details;
        try {
            details = AuthorizationDetails.of(json);
        } catch (UnfitException e) {
            Statistics.collect("refused");
            return;
        }
        Statistics.collect("shown");
        List<ShownDetail> shown = new DetailsView(ENGLISH).of(details);
        assertThat(shown).hasSize(sent.size());
        for (int i = 0; i < shown.size(); i++) {
            List<String> lines = new ArrayList<>(linesOf(shown.get(i)));
            for (String leaf : leaves(MAPPER.readTree(json).get(i))) {
                // formatted ones are compared without what the format adds
                assertThat(lines.removeIf(line -> isShownBy(leaf, line)))
                        .as("%s in %s", leaf, shown.get(i))
                        .isTrue();
                lines = new ArrayList<>(linesOf(shown.get(i)));
            }
            assertThat(labelsOf(shown.get(i))).doesNotHaveDuplicates();
        }
    }

    private static boolean isShownBy(String leaf, String line) {
        return line.equals(leaf)
                || line.replace(" ", "").equals(leaf)
                || line.replace(",", "").startsWith(leaf + " ")
                || line.endsWith(" " + leaf)
                || (leaf.equals("2026-12-24") && line.equals("December 24, 2026"));
    }

    @Provide
    Arbitrary<List<Object>> details() {
        return entry().list().ofMinSize(1).ofMaxSize(6);
    }

    private static Arbitrary<Object> entry() {
        return Arbitraries.maps(names(), values(3))
                .ofMaxSize(5)
                .flatMap(
                        members ->
                                Arbitraries.of("payment_initiation", "other", "https://a.example/t")
                                        .map(
                                                type -> {
                                                    Map<String, Object> entry =
                                                            new LinkedHashMap<>(members);
                                                    entry.put("type", type);
                                                    return entry;
                                                }));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        6,
                        Arbitraries.of(
                                "instructedAmount",
                                "creditorName",
                                "creditorAccount",
                                "iban",
                                "creditorAddress",
                                "requestedExecutionDate",
                                "amount",
                                "currency",
                                "a.b",
                                "actions")),
                Tuple.of(2, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8)),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(3)));
    }

    private static Arbitrary<Object> values(int levels) {
        Arbitrary<Object> scalars =
                Arbitraries.oneOf(
                        Arbitraries.of(
                                        (Object) "1.50",
                                        "EUR",
                                        "DE02100100109307118603",
                                        "2026-12-24",
                                        true,
                                        false,
                                        7,
                                        0.5)
                                .map(value -> value),
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(9).map(s -> s),
                        Arbitraries.strings().ofMaxLength(3).map(s -> s));
        if (levels == 0) {
            return scalars;
        }
        return Arbitraries.frequencyOf(
                Tuple.of(4, scalars),
                Tuple.of(1, values(levels - 1).list().ofMinSize(1).ofMaxSize(3).map(list -> list)),
                Tuple.of(
                        1,
                        Arbitraries.of("amount", "currency", "iban", "street", "a.b")
                                .set()
                                .ofMinSize(1)
                                .ofMaxSize(3)
                                .flatMap(
                                        names ->
                                                values(levels - 1)
                                                        .list()
                                                        .ofSize(names.size())
                                                        .map(list -> object(names, list)))));
    }

    private static Object object(Iterable<String> names, List<Object> values) {
        Map<String, Object> object = new LinkedHashMap<>();
        int i = 0;
        for (String name : names) {
            object.put(name, values.get(i++));
        }
        return object;
    }

    /** Values as the page writes them where no format is due. */
    private static List<String> leaves(JsonNode node) {
        List<String> leaves = new ArrayList<>();
        if (node.isContainerNode()) {
            node.forEach(child -> leaves.addAll(leaves(child)));
        } else if (node.isBoolean()) {
            leaves.add(node.booleanValue() ? "Yes" : "No");
        } else {
            leaves.add(node.asText());
        }
        return leaves;
    }

    private static List<String> linesOf(ShownDetail shown) {
        List<String> lines = new ArrayList<>();
        shown.fields().forEach(field -> lines.addAll(field.lines()));
        shown.more().forEach(field -> lines.addAll(field.lines()));
        lines.add(shown.heading().equals("Payment") ? "payment_initiation" : shown.heading());
        return lines;
    }

    private static List<String> labelsOf(ShownDetail shown) {
        List<String> labels = new ArrayList<>();
        shown.more().forEach(field -> labels.add(field.label()));
        return labels;
    }

    private static ShownDetail shown(String json, Locale locale) throws UnfitException {
        return new DetailsView(Texts.builtIn(locale)).of(AuthorizationDetails.of(json)).get(0);
    }

    private static ShownDetail.Field field(String label, String... lines) {
        return new ShownDetail.Field(label, List.of(lines));
    }
}

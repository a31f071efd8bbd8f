// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.component.ComponentModel;

class VariantsTest {
    private static final int USERS = 10_000;
    private static final String REALM = "1c266114-a1be-4700-8ad1-04986c5b9ac1";

    private static final List<Variant> SPREAD =
            Variants.parse(List.of("name=a weight=50", "name=b weight=30", "name=c weight=20"));

    @Test
    void tenThousandUsersAreSpreadByTheWeights() {
        Map<String, Long> counted =
                users(USERS)
                        .map(user -> chosen(SPREAD, "payments", user))
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(share(counted, "a")).isCloseTo(50, within(2.0));
        assertThat(share(counted, "b")).isCloseTo(30, within(2.0));
        assertThat(share(counted, "c")).isCloseTo(20, within(2.0));
    }

    /** Ids of federated users are counted up more often than drawn. */
    @Test
    void idsThatLookAlikeAreSpreadAsWell() {
        Map<String, Long> counted =
                IntStream.range(0, USERS)
                        .mapToObj(number -> chosen(SPREAD, "payments", "f:ldap:" + number))
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(share(counted, "a")).isCloseTo(50, within(2.0));
        assertThat(share(counted, "b")).isCloseTo(30, within(2.0));
        assertThat(share(counted, "c")).isCloseTo(20, within(2.0));
    }

    @Test
    void userKeepsTheVariant() {
        users(100)
                .forEach(
                        user ->
                                assertThat(chosen(SPREAD, "payments", user))
                                        .isEqualTo(chosen(SPREAD, "payments", user)));
    }

    @Test
    void newWeightsMoveOnlyWhomTheyMust() {
        List<Variant> shifted =
                Variants.parse(List.of("name=a weight=60", "name=b weight=20", "name=c weight=20"));

        long moved =
                users(USERS)
                        .filter(
                                user ->
                                        !chosen(SPREAD, "payments", user)
                                                .equals(chosen(shifted, "payments", user)))
                        .count();

        assertThat(moved * 100.0 / USERS).isCloseTo(10, within(2.0));
    }

    @Test
    void choicesOfTwoPoliciesHaveNothingToDoWithEachOther() {
        long same =
                users(USERS)
                        .filter(
                                user ->
                                        chosen(SPREAD, "payments", user)
                                                .equals(chosen(SPREAD, "logins", user)))
                        .count();

        // 0.5² + 0.3² + 0.2²
        assertThat(same * 100.0 / USERS).isCloseTo(38, within(2.0));
    }

    /** Keycloak does not keep the order of a component's values. */
    @Test
    void orderOfTheLinesMovesNobody() {
        List<Variant> otherwise =
                Variants.parse(List.of("name=c weight=20", "name=a weight=50", "name=b weight=30"));

        assertThat(users(1000))
                .allMatch(
                        user ->
                                chosen(SPREAD, "payments", user)
                                        .equals(chosen(otherwise, "payments", user)));
    }

    @Test
    void weightOfNothingIsNeverChosen() {
        List<Variant> off = Variants.parse(List.of("name=off weight=0", "name=on weight=100"));

        assertThat(users(1000).map(user -> chosen(off, "payments", user))).containsOnly("on");
    }

    @Test
    void policyWithoutVariantsHasNone() {
        assertThat(Variants.of(List.of(), REALM, "payments", "anybody")).isEmpty();
    }

    @Test
    void variantTakesThePlaceOfThePolicysSettings() {
        ComponentModel policy =
                Components.of(
                        "templates", "long", "approvalMode", "login", "approvalLevel", "gold");
        Variant variant =
                Variants.parse(List.of("name=short  weight=100 templates=short approvalMode=link"))
                        .get(0);

        ComponentModel merged = variant.over(policy);

        assertThat(CibaPolicyFactory.TEMPLATES.of(merged)).contains("short");
        assertThat(CibaPolicyFactory.APPROVAL_MODE.of(merged)).isEqualTo(ApprovalMode.LINK);
        assertThat(CibaPolicyFactory.APPROVAL_LEVEL.of(merged)).isEmpty();
        assertThat(CibaPolicyFactory.APPROVAL_LEVEL.of(policy)).contains("gold");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name=a weight=50;name=b weight=49|sum to 100, not 99",
                "name=a weight=50;name=b weight=51|sum to 100, not 101",
                "name=a weight=50;name=a weight=50|a stands there twice",
                "weight=100|begin with name=<name>",
                "name=A weight=100|begin with name=<name>",
                "name=a|whole weight, 0–100: variant a",
                "name=a weight=-1|whole weight",
                "name=a weight=101|whole weight",
                "name=a weight=33.3|whole weight",
                "name=a weight=100 expiresIn=60|cannot have expiresIn: variant a",
                "name=a weight=100 approvalMode=maybe|wrong approvalMode, it must be one of",
                "name=a weight=100 templates=../x|wrong templates",
                "name=a weight=100 weight=100|each key once: weight",
                "name=a weight=100 short|key=value",
                "name=a weight=100 templates=|key=value",
            })
    void badVariantsAreRefusedInWordsThatHelp(String lines, String rule) {
        assertThatThrownBy(
                        () ->
                                CibaPolicyFactory.VARIANTS.validate(
                                        Components.lines("variants", lines.split(";", -1))))
                .hasMessageStartingWith("Variants (variants) ")
                .hasMessageContaining(rule);
    }

    @Test
    void tenVariantsAreTheMost() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            lines.add("name=v" + i + " weight=10");
        }
        assertThat(Variants.parse(lines)).hasSize(10);

        lines.add("name=more weight=0");
        assertThatThrownBy(() -> Variants.parse(lines)).hasMessage("must be at most 10");
    }

    private static Stream<String> users(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)}))
                .map(UUID::toString);
    }

    private static String chosen(List<Variant> variants, String policy, String user) {
        return Variants.of(variants, REALM, policy, user).orElseThrow().name();
    }

    private static double share(Map<String, Long> counted, String name) {
        return counted.getOrDefault(name, 0L) * 100.0 / USERS;
    }
}

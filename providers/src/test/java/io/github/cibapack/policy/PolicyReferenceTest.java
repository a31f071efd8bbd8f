// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReferenceTest {

    @Test
    void nameAloneIsTheLatestVersion() {
        assertThat(PolicyReference.parse("payments"))
                .contains(new PolicyReference("payments", Optional.empty()));
    }

    @Test
    void numberBehindTheNamePinsAVersion() {
        assertThat(PolicyReference.parse("payments@12"))
                .contains(new PolicyReference("payments", Optional.of(12)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@1",
                "payments@",
                "payments@0",
                "payments@01",
                "payments@x",
                "a@1@2",
                "A"
            })
    void everythingElseIsNoReference(String text) {
        assertThat(PolicyReference.parse(text)).isEmpty();
    }

    @Test
    void entryIsMeantByItsNameAndWordForWord() {
        PolicyReference pinned = PolicyReference.parse("payments@2").orElseThrow();

        assertThat(pinned.isMeantBy(PolicyReference.parse("payments").orElseThrow())).isTrue();
        assertThat(pinned.isMeantBy(PolicyReference.parse("payments@2").orElseThrow())).isTrue();
        assertThat(pinned.isMeantBy(PolicyReference.parse("payments@1").orElseThrow())).isFalse();
        assertThat(pinned.isMeantBy(PolicyReference.parse("logins").orElseThrow())).isFalse();
    }
}

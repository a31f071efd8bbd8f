// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that not every database takes is the caller's fault, on every database. */
class UnstorableTextIT {

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    static List<UnstorableText> calls() {
        return UnstorableText.calls(REALM.gasPump(), REALM.admin());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isRefused(UnstorableText call) {
        Answer answer = call.send().get();

        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain("\tat ");
    }
}

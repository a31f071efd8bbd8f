// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.util.JsonSerialization;

/** Which bodies need an approval: in doubt they do. */
class BodyConditionTest {
    private static final BodyCondition CALL = BodyCondition.of("/method=tools/call");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\"tools/call\"}",
                "{\"method\":\"Tools/Call\"}",
                "{\"method\":\" tools/call\"}",
                "{\"METHOD\":\"tools/call\"}",
                "{\"Method\":\"ping\"}",
                "{\"method\":\"tools/call\\u0000\"}",
                "{\"method\":\"tools/call\\ud800\"}",
                "{\"method\":7}",
                "{\"method\":null}",
                "{\"method\":[\"tools/call\"]}"
            })
    void bodyThatMayBeOneNeedsAnApproval(String body) throws Exception {
        assertThat(CALL.mayHold(JsonSerialization.mapper.readTree(body))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\"ping\"}",
                "{\"method\":\"tools/list\",\"params\":{\"method\":\"tools/call\"}}",
                "{\"result\":{},\"id\":1}"
            })
    void bodyThatIsNoneNeedsNoApproval(String body) throws Exception {
        assertThat(CALL.mayHold(JsonSerialization.mapper.readTree(body))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[{\"b\":\"c\"}]}", "{\"a\":\"b\"}", "{\"A\":{\"b\":\"x\"}}"})
    void whatIsNoObjectOnTheWayIsInDoubt(String body) throws Exception {
        assertThat(BodyCondition.of("/a/b=c").mayHold(JsonSerialization.mapper.readTree(body)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a.b\":\"c\"}",
                "{\"A[b]\":\"c\"}",
                "{\"a\":{\"b\":\"x\"},\"a.b\":\"c\"}",
                "{\"a\":{\"b.x\":\"c\"}}"
            })
    void pathInANameIsInDoubt(String body) throws Exception {
        assertThat(BodyCondition.of("/a/b=c").mayHold(JsonSerialization.mapper.readTree(body)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"b\":\"x\"},\"ab.c\":\"c\"}",
                "{\"a\":{\"b\":\"x\",\"d.a.b\":\"c\"}}"
            })
    void pathOfAnotherNameIsNot(String body) throws Exception {
        assertThat(BodyCondition.of("/a/b=c").mayHold(JsonSerialization.mapper.readTree(body)))
                .isFalse();
    }
}

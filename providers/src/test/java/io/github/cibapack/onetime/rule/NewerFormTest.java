// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cibapack.policy.InvalidSettingException;
import net.jqwik.api.Example;
import org.keycloak.component.ComponentModel;

/** What a newer version of the pack has written, and is there after a downgrade. */
class NewerFormTest {

    @Example
    void ruleOfANewerFormIsNotUsed() {
        ComponentModel rule = newer();
        rule.put("name", "payments");

        assertThatThrownBy(() -> OneTimeRule.of(rule))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("schemaVersion");
    }

    @Example
    void rejectionHandlerOfANewerFormIsNotUsed() {
        ComponentModel handler = newer();
        handler.put("template", "no");

        assertThatThrownBy(() -> RejectionHandlers.rejection(handler))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("schemaVersion");
    }

    private static ComponentModel newer() {
        ComponentModel component = new ComponentModel();
        component.put("schemaVersion", "2");
        return component;
    }
}

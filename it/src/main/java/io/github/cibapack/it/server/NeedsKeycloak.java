// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** A test of something that older versions of Keycloak do not have, or do wrongly. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsKeycloak.Condition.class)
public @interface NeedsKeycloak {

    /** The first version that has it, for example {@code 26.7}. */
    String value();

    /** What older versions lack, or do instead. */
    String because();

    /** Skips the test with its reason. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), NeedsKeycloak.class)
                    .filter(needed -> !Workspace.current().isKeycloakAtLeast(needed.value()))
                    .map(needed -> ConditionEvaluationResult.disabled(needed.because()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("the version has it"));
        }
    }
}

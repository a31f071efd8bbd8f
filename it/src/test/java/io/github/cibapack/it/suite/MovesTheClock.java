// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.suite;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Marks a class that puts the clock of {@code ClockServer} forward: such classes run one after the
 * other. {@code OwnServerTest} finds classes that lack the mark.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock("the clock of the clock server")
public @interface MovesTheClock {}

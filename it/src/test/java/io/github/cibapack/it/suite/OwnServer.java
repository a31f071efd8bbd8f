// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.suite;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a class that starts servers of its own, for options or for a state that the shared servers
 * do not have. All threads but two may be busy with such classes: a machine with 8 GiB can hold no
 * more, and while a further one waits for its turn, one thread always serves the others. {@code
 * OwnServerTest} finds classes that lack the mark.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OwnServerPlaces.class)
public @interface OwnServer {}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.suite;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Marks a class that starts servers of its own, for options or for a state that the shared servers
 * do not have. Such classes run one after the other, beside those on the shared servers: a machine
 * with 8 GiB can hold no more. {@code OwnServerTest} finds classes that lack the mark.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock("a server of its own")
public @interface OwnServer {}

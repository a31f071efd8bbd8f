// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sentences of OpenID Connect CIBA Core 1.0 that a test proves, by their ids in {@code
 * ciba-core-clauses.tsv}, for example {@code 7.3-2}: the second sentence of §7.3 that binds the
 * server. On a class, it counts for each of its tests. {@code docs/conformance.md} is made of the
 * list and these.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Clause {
    String[] value();
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.links;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class that links to what not every supported server has: ask {@link ServerLinks#have} before it
 * is used. Or a method that overrides one of Keycloak's which not every supported server calls.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface NeedsNewer {

    /** What does not work without it, as a sentence for admins; empty if all does. */
    String otherwise();
}

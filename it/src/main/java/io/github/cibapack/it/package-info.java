// SPDX-License-Identifier: Apache-2.0

/**
 * What the tests and the demo stand on. Nothing here is deployed; the tests in {@code
 * src/test/java} and {@link io.github.cibapack.it.demo.Demo} call it, and it calls the server only
 * from outside, as an RP, an admin or a user would.
 */
package io.github.cibapack.it;

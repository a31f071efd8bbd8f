// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

/**
 * How much of a limit is used.
 *
 * @param used how many; an estimate for a limit above 64
 * @param limit how many may be
 */
public record Usage(int used, int limit) {}

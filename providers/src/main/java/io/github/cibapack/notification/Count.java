// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

/**
 * How far something is used up.
 *
 * @param used so many; of a limit above 64, about so many
 * @param limit as many as may be
 */
public record Count(int used, int limit) {}

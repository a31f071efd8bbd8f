// SPDX-License-Identifier: Apache-2.0
/**
 * Events, metrics and the correlation id: what an admin can look up afterwards. Every package may
 * use it; it uses none but other basic ones.
 */
package io.github.cibapack.audit;

// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the pack is set up in a way that can work: contradictions in a realm's settings, looked
 * for once after the start and whenever an admin asks.
 */
package io.github.cibapack.health;

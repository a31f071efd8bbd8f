// SPDX-License-Identifier: Apache-2.0
/**
 * The transactions of one-time authorization and their entries in the store. The other parts of a
 * check use it; it uses none of them.
 */
package io.github.cibapack.onetime.transaction;

// SPDX-License-Identifier: Apache-2.0
/**
 * Events and the correlation id: what an admin can find afterwards. Ground floor: every package may
 * write to it, it calls none of them.
 */
package io.github.cibapack.audit;

// SPDX-License-Identifier: Apache-2.0
/**
 * One check of a gateway, read: whose gateway it is, which request it asks about, and who sent
 * that.
 */
package io.github.cibapack.onetime.check;

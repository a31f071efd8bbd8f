// SPDX-License-Identifier: Apache-2.0
/**
 * What a gateway says and is told: the request that it asks about in the headers of its family, and
 * the answer.
 */
package io.github.cibapack.onetime.gateway;

// SPDX-License-Identifier: Apache-2.0
/**
 * One-time authorization rules: a gateway asks before it lets a request through to an API, and the
 * user approves that one request out of band.
 */
package io.github.cibapack.onetime;

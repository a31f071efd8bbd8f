// SPDX-License-Identifier: Apache-2.0
/**
 * One-time authorization rules: a gateway asks before it lets a request through to an API, and the
 * user approves that one request out of band. A check goes through the packages below in this
 * order: {@code gateway} and {@code check} read it, {@code rule} says what holds for it, {@code
 * provider} asks the user, {@code evaluation} decides and answers; the handlers here hold it
 * meanwhile where the rule says so.
 */
package io.github.cibapack.onetime;

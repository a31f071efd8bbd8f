// SPDX-License-Identifier: Apache-2.0
/**
 * The authentication request: one immutable record of all that is known of it, its one store and
 * writer, its decision and approval, and the events that tell what happens to it.
 */
package io.github.cibapack.request;

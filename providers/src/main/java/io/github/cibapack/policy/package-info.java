// SPDX-License-Identifier: Apache-2.0
/**
 * Typed settings: what a realm and a client may say about CIBA. Ground floor: every package may
 * read it, it calls none of them but the guard for outgoing calls, which judges URLs.
 */
package io.github.cibapack.policy;

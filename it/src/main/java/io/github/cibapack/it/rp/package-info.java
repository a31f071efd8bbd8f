// SPDX-License-Identifier: Apache-2.0

/**
 * The two parties that talk to the server over HTTP: the relying party and the admin. Plain JDK
 * client, so that what the tests see is what any client would see.
 */
package io.github.cibapack.it.rp;

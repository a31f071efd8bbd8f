// SPDX-License-Identifier: Apache-2.0

/**
 * A real SMTP server in this JVM and what arrived in it. Tests wait for a mail on a condition; the
 * demo listens for each one.
 */
package io.github.cibapack.it.mail;

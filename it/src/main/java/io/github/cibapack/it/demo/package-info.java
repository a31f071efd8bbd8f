// SPDX-License-Identifier: Apache-2.0

/**
 * What {@code ./mvnw -Pdemo} runs: a petrol pump, a mailbox and the HTTP between pump and server on
 * one page, over a real Keycloak with the pack. Loopback only.
 */
package io.github.cibapack.it.demo;

// SPDX-License-Identifier: Apache-2.0

/**
 * What {@code ./mvnw -Pdemo} runs: four pages, each with a device, a mailbox and the HTTP as it
 * happens, over a real Keycloak with the pack. Two petrol pumps are relying parties; a banking app
 * and an AI agent call APIs with a one-time authorization rule. Loopback only.
 */
package io.github.cibapack.it.demo;

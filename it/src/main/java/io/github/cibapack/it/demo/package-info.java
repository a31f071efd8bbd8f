// SPDX-License-Identifier: Apache-2.0

/**
 * What {@code ./mvnw -Pdemo} runs: a petrol pump on one page, a banking app before an API with a
 * one-time authorization rule on another, each with a mailbox and the HTTP as it happens, over a
 * real Keycloak with the pack. Loopback only.
 */
package io.github.cibapack.it.demo;

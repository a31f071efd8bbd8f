// SPDX-License-Identifier: Apache-2.0
/**
 * What an admin sees of a server at work: metrics with their dashboard and alerts, traces, logs.
 */
package io.github.cibapack.it.observation;

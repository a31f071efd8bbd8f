// SPDX-License-Identifier: Apache-2.0

/** Relying parties that are written with client libraries of others. */
package io.github.cibapack.it.clients;

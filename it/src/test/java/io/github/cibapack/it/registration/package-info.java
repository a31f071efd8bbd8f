// SPDX-License-Identifier: Apache-2.0

/** Clients that register themselves. */
package io.github.cibapack.it.registration;

// SPDX-License-Identifier: Apache-2.0
/** Providers that make a server fail where a test wants it to. */
package io.github.cibapack.it.faults;

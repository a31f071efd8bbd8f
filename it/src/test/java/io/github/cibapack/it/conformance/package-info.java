// SPDX-License-Identifier: Apache-2.0

/** The sentences of CIBA Core that bind the server, and the tests that prove them. */
package io.github.cibapack.it.conformance;

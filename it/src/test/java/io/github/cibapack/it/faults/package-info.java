// SPDX-License-Identifier: Apache-2.0
/** What becomes of requests when something beneath them fails: docs/reliability.md lists it. */
package io.github.cibapack.it.faults;

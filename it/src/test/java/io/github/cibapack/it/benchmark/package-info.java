// SPDX-License-Identifier: Apache-2.0
/** The benchmark, run for a moment, and how it writes down what it has measured. */
package io.github.cibapack.it.benchmark;

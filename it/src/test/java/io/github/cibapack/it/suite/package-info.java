// SPDX-License-Identifier: Apache-2.0
/**
 * How the test classes run together: in parallel, few servers at once, and one class that reads all
 * logs at the end; and how a test lets many callers go at once.
 */
package io.github.cibapack.it.suite;

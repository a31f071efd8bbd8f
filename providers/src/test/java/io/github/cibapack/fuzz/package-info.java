// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes from outside against each parser that takes them. A target is a class {@code *Fuzz} beside
 * its parser with a method that Jazzer knows by its name; what it does not catch is no designed
 * error. The default build tries the kept inputs, and others for a moment; {@code -Pfuzz} looks for
 * new ones as long as it is told to.
 */
package io.github.cibapack.fuzz;

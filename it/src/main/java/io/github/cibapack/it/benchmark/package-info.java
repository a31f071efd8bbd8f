// SPDX-License-Identifier: Apache-2.0
/** Measurements on a real server. Programs, not tests: their figures move with the machine. */
package io.github.cibapack.it.benchmark;

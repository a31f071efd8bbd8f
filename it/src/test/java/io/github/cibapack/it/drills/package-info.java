// SPDX-License-Identifier: Apache-2.0

/**
 * Faults of the machine (the database gone, nodes killed, the disk full, no file handles, nodes
 * apart), and ten minutes of work without a pause. They run with {@code -Pdrills} and {@code
 * -Psoak}; docs/reliability.md tells what came of it.
 */
package io.github.cibapack.it.drills;

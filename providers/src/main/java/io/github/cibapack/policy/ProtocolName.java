// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/** A constant of a closed list that is written as a protocol writes it. */
interface ProtocolName {
    String written();
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Locale;

/** A constant of a closed list that is written as protocols write it, with underscores. */
interface ProtocolName {
    String name();

    default String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}

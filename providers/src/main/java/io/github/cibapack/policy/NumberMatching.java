// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/** Whether and how a person proves to see the relying party's screen. */
public enum NumberMatching {
    OFF,
    /** The page offers three numbers. */
    PICK,
    /** The person types the number. */
    TYPE;

    /** Client attribute: the relying party's screen shows the number to match. */
    public static final String CLIENT_ATTRIBUTE = "ciba.number.matching";
}

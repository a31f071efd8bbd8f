// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/** What a cooldown belongs to. */
public enum CooldownKey {
    /** The e-mail address, as one may serve several users. */
    ADDRESS,
    USER
}

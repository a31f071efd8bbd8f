// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/** The three ways to say who is meant (CIBA Core §7.1). */
public enum HintKind implements ProtocolName {
    LOGIN_HINT,
    LOGIN_HINT_TOKEN,
    ID_TOKEN_HINT;

    public String parameter() {
        return written();
    }
}

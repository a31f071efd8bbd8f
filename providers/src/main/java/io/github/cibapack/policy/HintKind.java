// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Locale;

/** The three ways to say who is meant (CIBA Core §7.1). */
public enum HintKind implements ProtocolName {
    LOGIN_HINT,
    LOGIN_HINT_TOKEN,
    ID_TOKEN_HINT;

    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String written() {
        return parameter();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/** A setting has a value that it cannot have. The message names the key, never a secret value. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String rule;

    /**
     * A value that cannot be.
     *
     * @param key of the setting
     * @param rule that the value breaks, after the name of the setting
     */
    public InvalidSettingException(String key, String rule) {
        super("Setting '" + key + "' " + rule);
        this.rule = rule;
    }

    /** What the value must be. */
    public String rule() {
        return rule;
    }
}

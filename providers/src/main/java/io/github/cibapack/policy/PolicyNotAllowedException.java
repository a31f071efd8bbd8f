// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/** A request names a policy that exists and that its client may not use. */
public final class PolicyNotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PolicyNotAllowedException() {
        super("The client may not use this policy", null, false, false);
    }
}

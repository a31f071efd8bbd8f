// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/**
 * A CIBA policy that a client may use.
 *
 * @param entry how a client's list names it: {@code name} or {@code name@version}
 * @param isByAttribute whether the client's attribute names it, and not the policy the client
 */
public record AllowedPolicy(String entry, boolean isByAttribute) {}

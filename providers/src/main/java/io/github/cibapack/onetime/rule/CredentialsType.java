// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

/** How the rule's client proves itself to a token provider that is another server. */
public enum CredentialsType {
    SECRET,
    MUTUAL_TLS,
    PRIVATE_KEY_JWT
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

/** How a rejected request is answered. */
public enum HandlerType {
    TEMPLATE,
    REDIRECT
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.browser;

/** There is no browser on this machine, and none could be had. */
final class BrowserUnavailable extends RuntimeException {

    BrowserUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

/** The demo cannot go on; the message tells its user what to do. */
final class DemoFailure extends RuntimeException {

    DemoFailure(String message) {
        super(message);
    }
}

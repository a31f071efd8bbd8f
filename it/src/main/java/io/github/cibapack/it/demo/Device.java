// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import java.util.Set;

/** What a page of the demo shows: it takes presses of its buttons. */
interface Device {

    /** What can be pressed, as the page names it. */
    Set<String> buttons();

    /**
     * Presses a button.
     *
     * @param button one of {@link #buttons}
     * @return false if something else is under way
     */
    boolean press(String button);
}

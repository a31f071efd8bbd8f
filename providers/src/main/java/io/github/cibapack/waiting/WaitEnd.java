// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

public enum WaitEnd {
    /** What was waited for has happened, or nobody can tell. */
    OVER,
    /** Nothing has happened within the time. */
    TIME_UP,
    /** There was no place to wait, or the server stops. */
    CUT_SHORT
}

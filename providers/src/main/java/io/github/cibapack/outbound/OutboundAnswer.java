// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

/**
 * What came back, whatever its status: a redirect is an answer like any other and never followed.
 *
 * @param status HTTP status
 * @param text the body, complete and within the limit of the call, read as UTF-8
 */
public record OutboundAnswer(int status, String text) {
    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_SERVER_ERROR = 500;

    public boolean isSuccess() {
        return status >= FIRST_SUCCESS && status < FIRST_REDIRECT;
    }

    /** Whether the other side is in trouble. */
    public boolean isServerError() {
        return status >= FIRST_SERVER_ERROR;
    }
}

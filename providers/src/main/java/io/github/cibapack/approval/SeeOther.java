// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/**
 * The answer that sends a browser on to a page. After a form it makes of the POST a GET (RFC 9110
 * §15.4.4), so that a reload or a press of "back" sends no form again.
 */
final class SeeOther {
    private SeeOther() {}

    /**
     * To a page.
     *
     * @param location its address; one without a host stays on the host that the browser has called
     */
    static Response to(String location) {
        // not Response.seeOther, which would complete the address with the Host that was sent
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, location)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}

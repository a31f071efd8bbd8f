// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import io.github.cibapack.outbound.OutboundAnswer;
import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.outbound.OutboundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends what the OAuth SDK has made through the pack's one guard for calls to the outside. */
final class GuardedSender implements HTTPRequestSender {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String CONTENT_TYPE = "Content-Type";

    private final OutboundClient client;

    GuardedSender(OutboundClient client) {
        this.client = client;
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        request.getHeaderMap()
                .forEach((name, values) -> headers.put(name, String.join(", ", values)));
        headers.remove(CONTENT_TYPE);
        try {
            OutboundAnswer answer =
                    request.getMethod() == HTTPRequest.Method.GET
                            ? client.get(request.getURI().toString(), headers)
                            : client.post(
                                    request.getURI().toString(), FORM, request.getBody(), headers);
            return response(answer);
        } catch (OutboundException | ParseException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** All that is asked for here is JSON; what is something else will not parse. */
    static HTTPResponse response(OutboundAnswer answer) throws ParseException {
        HTTPResponse response = new HTTPResponse(answer.status());
        response.setContentType(JSON);
        response.setBody(answer.text());
        return response;
    }
}

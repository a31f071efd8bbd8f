// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.text.Json;
import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a gateway is answered, in plain values.
 *
 * @param status HTTP status
 * @param headers without the content type
 * @param contentType null if there is no body
 * @param body null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GatewayAnswer(
        int status, Map<String, String> headers, String contentType, String body) {

    public static GatewayAnswer empty(Status status) {
        return new GatewayAnswer(status.getStatusCode(), Map.of(), null, null);
    }

    public static GatewayAnswer of(int status, String contentType, String body) {
        return new GatewayAnswer(status, Map.of(), contentType, body);
    }

    public static GatewayAnswer json(Status status, Map<String, Object> body) {
        return of(status.getStatusCode(), "application/json", Json.write(body));
    }

    /** An error as OAuth words it. */
    public static GatewayAnswer error(
            Status status, String error, String sentence, String correlationId) {
        return json(
                status,
                Map.of(
                        "error",
                        error,
                        "error_description",
                        CorrelationId.appendTo(sentence, correlationId)));
    }

    public static GatewayAnswer refused(RefusedCheckException why, String correlationId) {
        GatewayAnswer answer = error(why.status(), why.error(), why.sentence(), correlationId);
        if (why.status() == Status.UNAUTHORIZED) {
            answer = answer.with("WWW-Authenticate", "Bearer error=\"" + why.error() + "\"");
        }
        return answer.after(why.retryAfterSeconds());
    }

    /** With the time after which it makes sense to try again; 0 if that is unknown. */
    public GatewayAnswer after(int seconds) {
        return seconds > 0 ? with("Retry-After", Integer.toString(seconds)) : this;
    }

    public GatewayAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new GatewayAnswer(status, Map.copyOf(more), contentType, body);
    }
}

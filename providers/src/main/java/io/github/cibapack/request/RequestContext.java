// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.text.MaxLength;
import io.github.cibapack.text.ShownText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.util.JsonSerialization;

/**
 * What the relying party tells about where its request began. Nobody can check it: it is shown as
 * the relying party's word, and only ever as text.
 *
 * @param address IP address of the consumption device
 * @param place a place, as people name it
 * @param device a device, as people name it
 * @param userAgent the {@code User-Agent} of the browser, if it began in one
 */
public record RequestContext(
        Optional<String> address,
        Optional<String> place,
        Optional<String> device,
        Optional<String> userAgent) {

    /** The request parameter: a JSON object with the members below, all of them optional texts. */
    public static final String PARAMETER = "request_context";

    /** Longest parameter that is read, in characters. */
    public static final int MAX_LENGTH = 2048;

    /** A relying party that says nothing. */
    public static final RequestContext NONE =
            new RequestContext(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final int MAX_SHOWN = 100;
    private static final int MAX_USER_AGENT = 512;

    /** The rule in a sentence, for the relying party. */
    public static final String RULE =
            "The request_context must be a JSON object of at most "
                    + MAX_LENGTH
                    + " characters; its address, place and device are texts of at most "
                    + MAX_SHOWN
                    + " characters, its user_agent of "
                    + MAX_USER_AGENT
                    + ", that are shown as they are.";

    private static final String ADDRESS = "address";
    private static final String PLACE = "place";
    private static final String DEVICE = "device";
    private static final String USER_AGENT = "user_agent";

    /** The value of the parameter; empty if it breaks the {@link #RULE}. */
    public static Optional<RequestContext> parse(String json) {
        if (json.length() > MAX_LENGTH || !MaxLength.REQUEST_CONTEXT.admits(json)) {
            return Optional.empty();
        }
        try {
            JsonNode object = JsonSerialization.mapper.readTree(json);
            return object == null || !object.isObject()
                    ? Optional.empty()
                    : Optional.of(
                            new RequestContext(
                                    text(object, ADDRESS, MAX_SHOWN),
                                    text(object, PLACE, MAX_SHOWN),
                                    text(object, DEVICE, MAX_SHOWN),
                                    text(object, USER_AGENT, MAX_USER_AGENT)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * A member may be missing, null or empty.
     *
     * @throws IllegalArgumentException if it is no text that would be shown whole
     */
    private static Optional<String> text(JsonNode object, String member, int most) {
        JsonNode sent = object.path(member);
        if (sent.isMissingNode() || sent.isNull() || "".equals(sent.textValue())) {
            return Optional.empty();
        }
        Optional<String> shown =
                Optional.ofNullable(sent.textValue())
                        .flatMap(whole -> ShownText.of(whole, most).text());
        if (shown.isEmpty()) {
            throw new IllegalArgumentException(member);
        }
        return shown;
    }

    /**
     * Whether the relying party speaks of another device or network than that of the browser that
     * has opened the page. The opposite proves nothing, and is not said: one address is shared by
     * many, and a browser calls itself what it likes.
     */
    public boolean differsFrom(String pageAddress, String pageUserAgent) {
        return address.filter(told -> !canonical(told).equals(canonical(pageAddress))).isPresent()
                || userAgent.filter(told -> !told.equals(pageUserAgent)).isPresent();
    }

    /** IPv6 has many spellings (RFC 5952 §2). In brackets it is a literal: no name is resolved. */
    private static String canonical(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            return InetAddress.getByName("[" + address + "]").getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }

    Map<String, String> toNotes() {
        Map<String, String> notes = new HashMap<>();
        address.ifPresent(text -> notes.put("context." + ADDRESS, text));
        place.ifPresent(text -> notes.put("context." + PLACE, text));
        device.ifPresent(text -> notes.put("context." + DEVICE, text));
        userAgent.ifPresent(text -> notes.put("context." + USER_AGENT, text));
        return notes;
    }

    static RequestContext of(Map<String, String> notes) {
        return new RequestContext(
                Optional.ofNullable(notes.get("context." + ADDRESS)),
                Optional.ofNullable(notes.get("context." + PLACE)),
                Optional.ofNullable(notes.get("context." + DEVICE)),
                Optional.ofNullable(notes.get("context." + USER_AGENT)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.resource.ResourceIndicators;
import io.github.cibapack.text.MaxLength;
import io.github.cibapack.text.StorableText;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;

/** What holds for all parameters alike: what counts as sent, how long one may be. */
public final class SentParameters {
    /** What Keycloak's parser reads as numbers. */
    static final List<String> NUMBERS =
            List.of(CibaGrantType.REQUESTED_EXPIRY, OIDCLoginProtocol.MAX_AGE_PARAM);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private SentParameters() {}

    /**
     * Takes parameters without a value out of a form: they count as not sent (RFC 6749 §3.1). A
     * blank is a value.
     */
    public static void dropEmpty(MultivaluedMap<String, String> form) {
        for (Map.Entry<String, List<String>> sent : List.copyOf(form.entrySet())) {
            List<String> values =
                    sent.getValue().stream().filter(value -> !value.isEmpty()).toList();
            if (values.isEmpty()) {
                form.remove(sent.getKey());
            } else if (values.size() < sent.getValue().size()) {
                form.put(sent.getKey(), values);
            }
        }
    }

    /**
     * Refuses a parameter that comes twice (RFC 6749 §3.2) and is not a resource (RFC 8707 §2).
     *
     * @throws CibaErrorException if one does
     */
    public static void requireNoneTwice(MultivaluedMap<String, String> form) {
        if (form.entrySet().stream()
                .anyMatch(
                        sent ->
                                sent.getValue().size() > 1
                                        && !ResourceIndicators.PARAMETER.equals(sent.getKey()))) {
            throw CibaErrorException.invalid(
                    "A parameter was sent more than once.", "duplicated_parameter");
        }
    }

    /**
     * Refuses a parameter that is longer than it may be, or that no database keeps as it is.
     *
     * @throws CibaErrorException names the parameter
     */
    static void requireLengths(MultivaluedMap<String, String> form) {
        form.forEach(
                (name, values) ->
                        MaxLength.ofParameter(name)
                                .ifPresent(
                                        limit -> values.forEach(value -> require(limit, value))));
    }

    /**
     * The same for what was read from a signed request, too.
     *
     * @throws CibaErrorException names the parameter
     */
    static void requireLengths(BackchannelAuthenticationEndpointRequest parsed) {
        require(MaxLength.SCOPE, parsed.getScope());
        require(MaxLength.ACR_VALUES, parsed.getAcr());
        require(MaxLength.BINDING_MESSAGE, parsed.getBindingMessage());
        require(MaxLength.CLIENT_NOTIFICATION_TOKEN, parsed.getClientNotificationToken());
        require(MaxLength.USER_CODE, parsed.getUserCode());
        require(MaxLength.LOGIN_HINT, parsed.getLoginHint());
        require(MaxLength.LOGIN_HINT_TOKEN, parsed.getLoginHintToken());
        require(MaxLength.ID_TOKEN_HINT, parsed.getIdTokenHint());
    }

    /**
     * The same for parameters that Keycloak does not know and hands on to the channel.
     *
     * @throws CibaErrorException if one is too long; its name may be, so it is not told
     */
    static void requireLengths(Map<String, String> additional) {
        additional.forEach(
                (name, value) -> {
                    require(MaxLength.OTHER_NAME, name);
                    require(MaxLength.OTHER_VALUE, value);
                });
    }

    /**
     * Refuses what Keycloak would not read as a number: it repeats it in log and event.
     *
     * @throws CibaErrorException names the parameter
     */
    static void requireNumber(String name, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw CibaErrorException.invalid(
                    "The %s must be a whole number.".formatted(name), "invalid_" + name);
        }
    }

    /** A list without what it says twice; the first of each stays where it is. */
    static String folded(String list) {
        return String.join(" ", new LinkedHashSet<>(Arrays.asList(list.trim().split(" +"))));
    }

    /** A value that counts as sent. */
    static Optional<String> sent(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }

    private static void require(MaxLength limit, String value) {
        // a hint is not kept, and no user is looked for by such a one
        if (value != null && limit != MaxLength.LOGIN_HINT && !StorableText.isOne(value)) {
            throw new CibaErrorException(
                    refusal(limit),
                    "The %s has a character that cannot be kept.".formatted(limit.label()),
                    "unfit_" + limit.label().replace(' ', '_'));
        }
        if (!limit.admits(value)) {
            throw new CibaErrorException(
                    refusal(limit),
                    "The %s must not be longer than %d bytes."
                            .formatted(limit.label(), limit.bytes()),
                    "too_long_" + limit.label().replace(' ', '_'));
        }
    }

    private static CibaError refusal(MaxLength limit) {
        return switch (limit) {
            case SCOPE -> CibaError.INVALID_SCOPE;
            case BINDING_MESSAGE -> CibaError.INVALID_BINDING_MESSAGE;
            case AUTHORIZATION_DETAILS -> CibaError.INVALID_AUTHORIZATION_DETAILS;
            case RESOURCE -> CibaError.INVALID_TARGET;
            default -> CibaError.INVALID_REQUEST;
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.text.Reading;
import io.github.cibapack.text.ShownText;

/**
 * The rule for a {@code binding_message} (CIBA Core §7.1) at the {@code as} endpoint: 1 to 256 code
 * points in form NFC, of any script, shown whole and as they are.
 */
public final class BindingMessage {
    public static final int MAX_CODE_POINTS = 256;

    private BindingMessage() {}

    public static Reading of(String raw) {
        return ShownText.of(raw, MAX_CODE_POINTS);
    }

    /**
     * The message.
     *
     * @throws CibaErrorException if it cannot be shown
     */
    static String require(String raw) {
        Reading reading = of(raw);
        return reading.text()
                .orElseThrow(
                        () ->
                                new CibaErrorException(
                                        CibaError.INVALID_BINDING_MESSAGE,
                                        "The binding_message "
                                                + reading.flaw().orElseThrow().words()
                                                + ": it must be 1 to "
                                                + MAX_CODE_POINTS
                                                + " characters that are shown as they are.",
                                        "binding_message_not_allowed"));
    }
}

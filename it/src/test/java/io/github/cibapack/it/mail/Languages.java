// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import java.util.List;

/** The languages that the pack speaks. */
public final class Languages {

    public static final List<String> ALL =
            List.of(
                    "en", "de", "fr", "es", "it", "pt-BR", "nl", "pl", "tr", "uk", "ja", "zh-CN",
                    "ar", "he");

    private Languages() {}
}

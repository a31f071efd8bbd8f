// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.inbound;

import io.github.cibapack.fuzz.FuzzInput;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.common.util.URLUtils;

/** A form: what is called readable, the server reads. */
public final class FormFuzz {
    private FormFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String form = new FuzzInput(bytes).octets();
        if (!FormFilter.isReadable(form)) {
            return;
        }
        for (String pair : form.split("&", -1)) {
            URLUtils.decode(pair, StandardCharsets.UTF_8, true, true, new StringBuilder());
        }
    }
}

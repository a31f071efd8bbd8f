// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import io.github.cibapack.fuzz.FuzzInput;
import io.github.cibapack.onetime.gateway.OriginalRequest;
import java.util.List;
import java.util.Optional;

/** A path and query against the paths of rules, and a path of a rule against a path. */
public final class PathFuzz {
    private static final List<String> PATHS =
            List.of("/transfers", "/a/**/b", "/*a*a*a*b", "/**/**/**", "/run.php", "/a*/b*/c");

    private PathFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new FuzzInput(bytes).octets();
        for (String path : PATHS) {
            matched(path, "/" + text);
        }
        String rule = text.length() > 500 ? text.substring(0, 500) : text;
        matched("/" + rule, "/aaaaaaaaaaaaaaaaaaaaaaaa/transfers/run.php/x");
    }

    private static void matched(String path, String uri) {
        new RuleMatcher(Optional.of("DELETE"), Optional.of(path), true)
                .includes(
                        new OriginalRequest(
                                "DELETE",
                                "https",
                                "api.example",
                                uri,
                                Optional.empty(),
                                name -> null));
    }
}

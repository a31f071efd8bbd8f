// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import java.util.List;

/** What somebody sends who wants it run instead of shown. */
public final class HostileText {

    /** Binding messages: HTML, template languages, format strings, many code points. */
    public static final List<String> MESSAGES =
            List.of(
                    "</p><script>document.title='owned'</script><b>Pump & 4</b>",
                    "${7*7} #{7*7} <#assign x=1> {0} {{7*7}} %s $0 \\1",
                    "\u26FD".repeat(256),
                    "\uD83D\uDE00".repeat(256));

    private HostileText() {}
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LogLineTest {

    @Property
    void nameNeverBeginsALineColoursATerminalOrFillsADisk(@ForAll String name) {
        String shown = LogLine.of(name);

        assertThat(shown.codePoints().filter(LogLineTest::isControl)).isEmpty();
        assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(129);
    }

    @Property
    void nameThatIsFitIsShownAsItIsUpToItsLength(@ForAll String name) {
        if (LogLine.isFit(name)) {
            assertThat(name.codePoints().filter(LogLineTest::isControl)).isEmpty();
            String shown = LogLine.of(name);
            assertThat(name)
                    .startsWith(
                            name.startsWith(shown)
                                    ? shown
                                    : shown.substring(0, shown.length() - 1));
        }
    }

    @Example
    void whatForgesALineIsUnfit() {
        assertThat(LogLine.isFit("gas-pump")).isTrue();
        assertThat(LogLine.isFit("Žižkov 4")).isTrue();
        for (String forged :
                new String[] {
                    "a\nb", "a\rb", "a\u001b[31mb", "a\u2028b", "a\u202eb", "a\u0085b", "a\u0000b"
                }) {
            assertThat(LogLine.isFit(forged)).isFalse();
        }
        assertThat(LogLine.isFit("x".repeat(513))).isFalse();
        assertThat(LogLine.of("a\r\n2026-11-28 ERROR b")).isEqualTo("a??2026-11-28 ERROR b");
        assertThat(LogLine.of(null)).isEqualTo("none");
    }

    private static boolean isControl(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.FORMAT;
    }
}

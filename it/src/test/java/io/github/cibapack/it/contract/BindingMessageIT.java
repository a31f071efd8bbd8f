// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static io.github.cibapack.it.contract.Documented.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.Clause;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import java.text.Normalizer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The text that the user compares on both devices. */
@Tag("CIBA-Core-7.1")
class BindingMessageIT {

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    static Stream<Named<String>> readable() {
        return Stream.of(
                Named.of(
                        "spaces and signs", "Pump 4: $50 of gas (no. 7/8), 100 % \"now\" & <here>"),
                Named.of("256 letters", "m".repeat(256)),
                Named.of("256 emoji", "⛽".repeat(255) + "\uD83D\uDE00"),
                Named.of("German", "Tanksäule 4: 50 € für Benzin"),
                Named.of("Japanese", "給油機4番 5000円"),
                Named.of("Arabic", "المضخة ٤"),
                Named.of("Persian with a non-joiner", "می\u200Cخواهم بنزین"),
                Named.of(
                        "family emoji with joiners",
                        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67"),
                Named.of("emoji with variation selector", "❤\uFE0F at pump 4"),
                Named.of("flag with joiner and selector", "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08"),
                Named.of("an emoji of a later Unicode", "Shaking \uD83E\uDEE8"),
                Named.of("decomposed accents", Normalizer.normalize("café", Normalizer.Form.NFD)));
    }

    static Stream<Named<String>> unreadable() {
        return Stream.of(
                Named.of("257 letters", "m".repeat(257)),
                Named.of("blank", "   "),
                Named.of("no-break spaces", "\u00A0\u00A0"),
                Named.of("line feed", "Pump 4\nPump 5"),
                Named.of("carriage return", "Pump 4\rPump 5"),
                Named.of("tab", "Pump\t4"),
                Named.of("zero", "Pump\u00004"),
                Named.of("escape", "Pump \u001B[31m4"),
                Named.of("line separator", "Pump\u20284"),
                Named.of("right-to-left override", "Pump \u202E4"),
                Named.of("isolate", "Pump \u20664\u2069"),
                Named.of("zero-width space", "Pu\u200Bmp"),
                Named.of("soft hyphen", "Pu\u00ADmp"),
                Named.of("byte order mark", "\uFEFFPump"),
                Named.of("joiner alone", "\u200D"),
                Named.of("joiner at the end", "Pump\u200D"),
                Named.of("selector alone", "\uFE0F"),
                Named.of("tag characters", "Pump\uDB40\uDC41\uDB40\uDC42"),
                Named.of("Hangul filler", "\u3164"),
                Named.of("private use", "Pump \uE000"),
                Named.of("blank at the begin", " Pump"),
                Named.of("blank at the end", "Pump "),
                Named.of("two blanks", "50  EUR"),
                Named.of("251 blanks", "Send 50" + " ".repeat(251) + "EUR"),
                Named.of("no-break space", "50\u00A0EUR"),
                Named.of("thin space", "50\u2009EUR"),
                Named.of("ideographic space", "50\u3000EUR"),
                Named.of("joiner between letters", "a\u200Db"),
                Named.of("non-joiner between letters", "a\u200Cb"),
                Named.of("left-to-right mark", "Pump\u200E4"),
                Named.of("word joiner", "Pump\u20604"),
                Named.of("Hangul choseong filler", "Pump\u115F4"),
                Named.of("null notehead", "Pump\uD834\uDD594"),
                Named.of("selector behind a letter", "Pump\uFE0F4"),
                Named.of("digit that is struck out", "5\u03360 EUR"),
                Named.of("a tower of marks", "Pump 4" + "\u0301".repeat(20)));
    }

    @ParameterizedTest
    @MethodSource("readable")
    @Clause({"7.1-11", "8-2"})
    void whatAPersonCanReadReachesThePerson(String message) {
        Answer started = REALM.gasPump().start("alice", message);

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(REALM.mailbox().awaitMailFor(started.authReqId()).text())
                .contains(Normalizer.normalize(message, Normalizer.Form.NFC));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    @Clause("13-7")
    void whatAPersonCannotReadIsRefused(String message) {
        assertRefusal(REALM.gasPump().start("alice", message), 400, "invalid_binding_message");
    }

    /** Sorting the marks would take a second. */
    @Test
    void messageThatIsTooLongIsRefusedBeforeItIsNormalized() {
        String marks = "a" + "\u0315\u0300\u05AE\u0301".repeat(2500);

        assertRefusal(REALM.gasPump().start("alice", marks), 400, "invalid_binding_message");
    }

    @Test
    void markupStaysText() {
        Answer started = REALM.gasPump().start("alice", "<b>${7*7}</b> {0} #{1}");

        assertThat(REALM.mailbox().awaitMailFor(started.authReqId()).text())
                .contains("<b>${7*7}</b> {0} #{1}");
        assertThat(REALM.mailbox().awaitMailFor(started.authReqId()).html())
                .contains("&lt;b&gt;${7*7}&lt;/b&gt; {0} #{1}");
    }
}

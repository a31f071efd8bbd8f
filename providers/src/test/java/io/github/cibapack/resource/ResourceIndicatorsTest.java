// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cibapack.text.UnfitException;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIndicatorsTest {
    private static final String API = "https://api.example/";

    /** RFC 8707 §2. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example",
                "https://api.example:8443/a/b;c=d",
                "https://api.example/%7Euser",
                "urn:client:payments-api",
                "app://com.example.app/"
            })
    void absoluteUriIsAResource(String uri) throws UnfitException {
        assertThat(ResourceIndicators.of(List.of(uri)).uris()).containsExactly(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "api",
                "//api.example/",
                "https://api.example/#",
                "https://api.example/?",
                "https://api.example/\n",
                "https://api.example/\u00A0",
                "https://xn--\u202E/",
                "mailto:a@api.example",
                "urn:client:",
                "urn::a"
            })
    void anythingElseIsNone(String uri) {
        assertThatThrownBy(() -> ResourceIndicators.of(List.of(uri)))
                .isInstanceOf(UnfitException.class);
    }

    @Test
    void fiveFitAndSixDoNot() throws UnfitException {
        List<String> six = IntStream.range(0, 6).mapToObj(i -> API + i).toList();

        assertThat(ResourceIndicators.of(six.subList(0, 5)).uris()).hasSize(5);
        assertThatThrownBy(() -> ResourceIndicators.of(six))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("5 times");
    }

    @Test
    void longestFitsAndOneMoreByteDoesNot() throws UnfitException {
        String longest = API + "x".repeat(512 - API.length());

        assertThat(ResourceIndicators.of(List.of(longest)).uris()).containsExactly(longest);
        assertThatThrownBy(() -> ResourceIndicators.of(List.of(longest + "x")))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("512 bytes");
    }

    @Test
    void whatIsSaidTwiceIsKeptOnce() throws UnfitException {
        assertThat(ResourceIndicators.of(List.of(API, API + "a", API)).uris())
                .containsExactly(API, API + "a");
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .withCharRange(' ', '\u00FF')
                .withChars('\u202E', '\u200B')
                .ofMaxLength(12)
                .map(text -> API + text)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    /** What is kept is what was sent, each of it visible, or the request is refused. */
    @Property(tries = 2000)
    void whatIsAcceptedIsKeptAndShownWhole(@ForAll("texts") List<String> sent) {
        ResourceIndicators accepted;
        try {
            accepted = ResourceIndicators.of(sent);
        } catch (UnfitException e) {
            return;
        }
        assertThat(accepted.uris())
                .containsExactlyElementsOf(sent.stream().distinct().toList())
                .allSatisfy(uri -> assertThat(uri).matches("[!-~]+"));
        assertThat(ResourceIndicators.accepted(accepted.serialized())).isEqualTo(accepted);
    }
}

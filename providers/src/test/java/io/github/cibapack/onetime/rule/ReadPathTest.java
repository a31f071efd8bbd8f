// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule asks about each path that some server could take for a protected one. */
class ReadPathTest {
    private static final List<String> PROTECTED =
            List.of("/transfers", "/admin/**", "/pay/*/now", "/old/pay.php");

    /** What the protected paths mean to a server that has found out what a path is. */
    private static final Pattern FOUND =
            Pattern.compile(
                    "/+(transfers|admin(/.*)?|pay/[^/]+/now|old/pay[.]php)/*",
                    Pattern.CASE_INSENSITIVE);

    /** What servers read in several ways, and what makes paths. */
    private static final List<String> PIECES =
            Stream.of(
                            List.of("/", "//", "/./", "/../", "%2f", "%2F", "%5c", "%252f"),
                            List.of("%c0%af", "%c0%ae", "%e0%80%af", "%ef%bc%8f", "%e2%88%95"),
                            List.of(".", "..", "...", "%2e", "%2e%2e", "%252e", "%ef%bc%8e"),
                            List.of(
                                    "%20",
                                    "+", "%09", "%0a", "%00", "%2500", "%c2%a0", "%e2%80%8b"),
                            List.of(";x=1", "%3bx", "%3f", "%3fx", "%23", ":$DATA", "::x", "|"),
                            List.of(
                                    ".json",
                                    ".php",
                                    ".php/",
                                    "index.php",
                                    "/x.php",
                                    ".",
                                    "~1",
                                    "%ff"),
                            List.of(
                                    "%c3%a9",
                                    "%cc%81", "%ef%bd%81", "%c2%ad", "%ed%a0%80", "%e3%85%a4"),
                            List.of(
                                    "(S(x))", "/(S(x))", "(", ")", ",", "=", "!", "'", "*", "@",
                                    "&"),
                            List.of(
                                    "%",
                                    "%z", "%u002f", "%25", "\\", "-", "_", "v1.0", "free", "x"),
                            List.of(
                                    "transfers",
                                    "TRANSFERS",
                                    "Transfers",
                                    "tr",
                                    "ansfers",
                                    "%74ransfers"),
                            List.of(
                                    "admin", "/admin/", "ADMIN", "pay", "/pay/", "/7/", "now",
                                    "/now"),
                            List.of(
                                    "old",
                                    "/old/",
                                    "pay.php",
                                    "/old/pay",
                                    "%61dmin",
                                    "%ef%bd%81dmin"))
                    .flatMap(List::stream)
                    .toList();

    @Property(tries = 2_000)
    void pathThatSomeServerReadsAsAProtectedOneIsAskedAbout(@ForAll @From("paths") String path) {
        for (Normaliser first : Normaliser.values()) {
            String read = first.read(path);
            if (FOUND.matcher(read).matches()) {
                assertThat(isAskedAbout(path)).as("%s reads %s as %s", first, path, read).isTrue();
            }
            for (Normaliser second : Normaliser.values()) {
                String again = second.read(read);
                if (FOUND.matcher(again).matches()) {
                    assertThat(isAskedAbout(path))
                            .as("%s, then %s reads %s as %s", first, second, path, again)
                            .isTrue();
                }
            }
        }
    }

    /** Without this the property could hold for want of paths that matter. */
    @Test
    void eachNormaliserFindsAProtectedPathWhereNobodyElseWould() {
        assertThat(Normaliser.values())
                .allSatisfy(
                        normaliser ->
                                assertThat(
                                                Stream.concat(
                                                                EXAMPLES.stream(),
                                                                Stream.of(
                                                                        "/transfers/",
                                                                        "/Transfers"))
                                                        .filter(
                                                                path ->
                                                                        FOUND.matcher(
                                                                                        normaliser
                                                                                                .read(
                                                                                                        path))
                                                                                .matches()))
                                        .as(normaliser.name())
                                        .isNotEmpty());
    }

    private static final List<String> EXAMPLES =
            List.of(
                    "/transfers.",
                    "/transfers..",
                    "/transfers%20",
                    "/transfers%2e",
                    "/transfers.json",
                    "/transfers.json/",
                    "/transfers%3fx",
                    "/transfers%23x",
                    "/transfers%ff",
                    "/transfers%00x",
                    "/transfers;x=1",
                    "/transfers%3bx",
                    "/transfers%5c",
                    "/transfers+",
                    "/+transfers",
                    "/%20transfers",
                    "/transfers,x",
                    "/transfers:x",
                    "/transfers::$DATA",
                    "/transfers&x=1",
                    "/TRANSF~1",
                    "/trans-fers",
                    "/trans_fers",
                    "/trans.fers",
                    "/-/transfers",
                    "/-+transfers",
                    "/transfers.php/x",
                    "/transfers/x.php",
                    "/index.php/transfers",
                    "/(S(x))/transfers",
                    "/x/(S(x))../transfers",
                    "/trans(S(x))fers/../../transfers",
                    "/free/..%c0%afadmin/x",
                    "/free/%c0%ae%c0%ae/admin/x",
                    "/free%2f..%2fadmin",
                    "/free/%252e%252e/admin",
                    "/free/.%2e/admin",
                    "/free/..%20/admin",
                    "/free/..;/admin",
                    "/free/..;x=1/admin",
                    "/free%5c..%5cadmin",
                    "/free/..\\admin",
                    "//admin",
                    "/./admin",
                    "/%ef%bc%8e%ef%bc%8e/admin",
                    "/free%ef%bc%8f..%ef%bc%8fadmin",
                    "/%ef%bd%81dmin",
                    "/%c3%a1dmin",
                    "/adm%e2%80%8bin",
                    "/%c2%adadmin",
                    "/%c3%a9/admin",
                    "/free/%c3%a9../admin",
                    "/admin%e3%85%a4",
                    "/ADMIN/x",
                    "/admin./x",
                    "/admin%20/x",
                    "/pay/7/now.xml",
                    "/pay/7./now",
                    "/old/pay",
                    "/old/pay/x",
                    "/old/pay.json",
                    "/old/",
                    "/old/pay.php/transfers",
                    "/old/pay.php%20");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/balance",
                "/balance/",
                "/balance.json",
                "/transfers/7",
                "/transfers-list",
                "/transfers_list",
                "/my-transfers",
                "/transfersx",
                "/v1.0/balance",
                "/pay/7",
                "/pay/7/8/now",
                "/files/my%20file.pdf",
                "/kunden/m%C3%BCller",
                "/kunden/%E7%94%B0%E4%B8%AD/konto",
                "/users/alice@example.com",
                "/things/1:cancel",
                "/a,b/c=d/e(f)",
                "/old/payments",
                "/~alice/page"
            })
    void pathThatNobodyCouldTakeForAProtectedOneIsLetOff(String path) {
        assertThat(isAskedAbout(path)).isFalse();
    }

    @Test
    void eachKnownSpellingIsAskedAbout() {
        assertThat(EXAMPLES).allSatisfy(path -> assertThat(isAskedAbout(path)).isTrue());
    }

    /** Letters are let off as letters only if no server makes a slash, a dot or a blank of them. */
    @Test
    void noLetterBecomesAPartOfAPath() {
        assertThat(
                        IntStream.range(0x80, Character.MAX_CODE_POINT)
                                .filter(Character::isLetterOrDigit)
                                .filter(ReadPathTest::becomesAPartOfAPath))
                .isEmpty();
    }

    private static final String PARTS = "/\\.;%?#:";

    private static boolean becomesAPartOfAPath(int letter) {
        String text = Character.toString(letter);
        return Stream.of(Normalizer.Form.NFKC, Normalizer.Form.NFKD)
                .map(form -> Normalizer.normalize(text, form))
                .anyMatch(normal -> normal.chars().anyMatch(part -> PARTS.indexOf(part) >= 0));
    }

    @Test
    void whereTheRuleTellsCapitalLettersApartSoDoesTheReading() {
        List<PathPattern> patterns = PathPattern.of("/Admin/**", false).toList();

        assertThat(patterns).anyMatch(ReadPath.of("/Admin/x")::mayBe);
        assertThat(patterns).noneMatch(ReadPath.of("/admin/x")::mayBe);
        assertThat(PathPattern.of("/Admin/**", true)).anyMatch(ReadPath.of("/aDMIN/x")::mayBe);
    }

    @Test
    void longestPathsTakeNoTimeAndNoStack() {
        String deep = "/a".repeat(1024);
        String dotted = "/" + "a.".repeat(1000) + "a";
        List<PathPattern> patterns =
                Stream.of("/**/a/**/a/**/a/**/b", "/*a*a*a*a*a*a*b", "/**/x", "/a/**")
                        .flatMap(path -> PathPattern.of(path, true))
                        .toList();

        long begin = System.nanoTime();
        for (String path : List.of(deep, dotted, deep.toUpperCase(Locale.ROOT))) {
            patterns.forEach(ReadPath.of(path)::mayBe);
        }

        assertThat(System.nanoTime() - begin).isLessThan(2_000_000_000L);
        assertThat(PathPattern.of("/**/b", true)).noneMatch(ReadPath.of(deep)::mayBe);
        assertThat(PathPattern.of("/a/**", true)).allMatch(ReadPath.of(deep)::mayBe);
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> soup =
                Arbitraries.of(PIECES)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(6)
                        .map(list -> String.join("", list));
        Arbitrary<String> changed =
                Combinators.combine(
                                Arbitraries.of(
                                        "/transfers", "/admin/x", "/pay/7/now", "/old/pay.php"),
                                Arbitraries.of(PIECES),
                                Arbitraries.integers().between(0, 12),
                                soup)
                        .as(
                                (path, piece, at, more) ->
                                        new StringBuilder(path)
                                                        .insert(Math.min(at, path.length()), piece)
                                                + (at % 3 == 0 ? more : ""));
        return Arbitraries.oneOf(soup.map(text -> "/" + text), changed)
                .map(text -> text.startsWith("/") ? text : "/" + text);
    }

    private static boolean isAskedAbout(String path) {
        ReadPath read = ReadPath.of(path);
        return PROTECTED.stream()
                .flatMap(pattern -> PathPattern.of(pattern, true))
                .anyMatch(read::mayBe);
    }
}

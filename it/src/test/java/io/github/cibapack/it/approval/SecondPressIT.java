// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A form without the sign of a person is shown once more, and only the second press decides. */
class SecondPressIT {

    private static final int PEOPLE = 30;
    private static final int MANY = 5;
    private static final String[] OWN_PAGE = {"Sec-Fetch-Site", "same-origin"};
    private static final Pattern MARKER =
            Pattern.compile("name=\"again\" value=\"([0-9]+\\.[A-Za-z0-9_-]+)\"");
    private static final AtomicInteger NEXT = new AtomicInteger();

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                for (int i = 0; i < PEOPLE; i++) {
                                    realm.addUser("user" + i);
                                }
                            });

    private final RelyingParty pump = REALM.gasPump();
    private Answer started;
    private ApprovalForm form;

    @BeforeEach
    void openARequest() {
        started = pump.start("user" + NEXT.getAndIncrement(), "Pump 4");
        form = ApprovalForm.open(REALM.linkOf(started));
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve", "deny", "report"})
    void firstPressChangesNothingHoweverOftenItComes(String decision) {
        for (int i = 0; i < MANY; i++) {
            assertAskedAgain(press(decision));
        }

        assertThat(Trail.of(REALM, started).steps())
                .contains("opened")
                .doesNotContain("approved", "denied", "reported");
        assertThat(pump.start("user" + (NEXT.get() - 1), "not blocked").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"approve, approved", "deny, denied", "report, reported"})
    void secondPressDecides(String decision, String shown) {
        String marker = marker(press(decision));

        Answer page = awaitDecision(decision, marker);

        assertThat(page.body()).contains("ciba-result-" + shown);
        assertThat(pump.poll(started.authReqId()).isUndecided()).isFalse();
    }

    @Test
    void secondPressWithinASecondIsTheOtherHalfOfADoubleClick() {
        String marker = marker(press("approve"));

        Answer atOnce = again("approve", marker);

        assertAskedAgain(atOnce);
        assertThat(marker(atOnce)).isNotEqualTo(marker);
    }

    @Test
    void markerIsGoodForItsOwnChoiceAlone() {
        String marker = marker(press("deny"));
        awaitASecond();

        assertAskedAgain(again("approve", marker));
        assertAskedAgain(again("report", marker));
    }

    @Test
    void markerIsGoodForItsOwnRequestAlone() {
        String marker = marker(press("approve"));
        ApprovalForm other =
                ApprovalForm.open(
                        REALM.linkOf(pump.start("user" + NEXT.getAndIncrement(), "Pump 5")));
        awaitASecond();

        Answer page =
                other.post(
                        Form.of(
                                "page_token",
                                other.token(),
                                "decision",
                                "approve",
                                "again",
                                marker),
                        OWN_PAGE);

        assertThat(page.body()).contains("ciba-again-heading");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "true", "1.x", "0.AAAA", "99999999999999999.AAAA", "-1.AAAA", "٤.AAAA"})
    void inventedMarkerIsNone(String marker) {
        assertAskedAgain(again("approve", marker));
    }

    @Test
    void markerOfAnotherMomentIsNone() {
        String marker = marker(press("approve"));
        String mac = marker.substring(marker.indexOf('.'));

        assertAskedAgain(again("approve", "1" + mac));
    }

    @Test
    void twoMarkersAreNone() {
        String marker = marker(press("approve"));
        awaitASecond();

        Form two = Form.of("again", marker, "again", marker);
        assertAskedAgain(form.post(plain("approve").and(two), OWN_PAGE));
    }

    @Test
    void goingBackDecidesNothingAndShowsThePageAsItWas() {
        String marker = marker(press("approve"));
        awaitASecond();

        Answer page = form.post(plain("approve").and("again", "back"), OWN_PAGE);

        assertThat(marker).isNotEmpty();
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("value=\"deny\"").doesNotContain("ciba-again-heading");
        assertThat(pump.poll(started.authReqId()).isUndecided()).isTrue();
    }

    @Test
    void secondPressOfAnotherSiteIsRefusedLikeAFirstOne() {
        String marker = marker(press("approve"));
        awaitASecond();

        Answer refused =
                form.post(plain("approve").and("again", marker), "Sec-Fetch-Site", "cross-site");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(pump.poll(started.authReqId()).isUndecided()).isTrue();
    }

    @Test
    void secondPressComesTooLateOnceTheRequestWasDecided() {
        String marker = marker(press("approve"));
        form.press("decision", "deny");

        assertThat(again("approve", marker).body()).contains("ciba-result-denied");
        assertThat(press("approve").body()).contains("ciba-result-denied");
    }

    private Answer press(String decision) {
        return form.post(plain(decision), OWN_PAGE);
    }

    private Answer again(String decision, String marker) {
        return form.post(plain(decision).and("again", marker), OWN_PAGE);
    }

    /** What a browser without scripts sends. */
    private Form plain(String decision) {
        return Form.of("page_token", form.token(), "decision", decision);
    }

    private Answer awaitDecision(String decision, String marker) {
        return Awaitility.await("the second press")
                .atMost(Duration.ofSeconds(20))
                .until(() -> again(decision, marker), page -> page.body().contains("ciba-result"));
    }

    private void assertAskedAgain(Answer page) {
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("ciba-again-heading").contains("Press again to confirm");
        assertThat(pump.poll(started.authReqId()).isUndecided()).isTrue();
    }

    private static String marker(Answer page) {
        Matcher marker = MARKER.matcher(page.body());
        assertThat(marker.find()).as(page.body()).isTrue();
        return marker.group(1);
    }

    /** So that a marker is refused for what it is, not for its age. */
    private static void awaitASecond() {
        long shown = System.nanoTime();
        Awaitility.await().until(() -> System.nanoTime() - shown > 1_100_000_000L);
    }
}

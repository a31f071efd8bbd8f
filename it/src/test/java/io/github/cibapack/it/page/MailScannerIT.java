// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mail gateways open links before their readers do. Whatever they do short of pressing a button,
 * nothing is decided and the link still works.
 */
class MailScannerIT {

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    private static final int AS_OFTEN_AS_SCANNERS_DO = 3;

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void scannerThatCallsTheLinkDecidesNothing(String method) {
        OpenRequest request = OpenRequest.in(REALM);

        for (int i = 0; i < AS_OFTEN_AS_SCANNERS_DO; i++) {
            Answer answer = OpenRequest.visit(method, request.link());
            assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        }

        linkStillWorks(request);
    }

    @ParameterizedTest
    @CsvSource({"Sec-Purpose,prefetch;prerender", "Purpose,prefetch", "X-Moz,prefetch"})
    void prefetchDecidesNothing(String header, String value) {
        OpenRequest request = OpenRequest.in(REALM);

        Answer answer = request.open(header, value);

        assertThat(answer.status()).isEqualTo(200);
        linkStillWorks(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"decision=approve", "decision=deny", "ticket=x&decision=approve&submit=1"})
    void decisionInTheQueryDecidesNothing(String query) {
        OpenRequest request = OpenRequest.in(REALM);

        Answer answer = OpenRequest.visit("GET", withQuery(request, query));

        assertThat(answer.status()).isEqualTo(200);
        linkStillWorks(request);
    }

    @Test
    @BrowserTest
    void scannerThatRunsTheScriptsOfThePageDecidesNothing(BrowserContext scanner) {
        OpenRequest request = OpenRequest.in(REALM);

        for (int i = 0; i < AS_OFTEN_AS_SCANNERS_DO; i++) {
            Page page = scanner.newPage();
            page.navigate(request.link().toString());
            page.waitForLoadState(LoadState.NETWORKIDLE);
            page.mouse().wheel(0, 2000);
            page.close();
        }

        assertThat(request.isPending()).isTrue();
        BrowserContext person = scanner.browser().newContext();
        ApprovalScreen screen = ApprovalScreen.open(person.newPage(), request.link()).approve();
        assertThat(screen.heading()).isEqualTo("Approved");
        assertThat(request.result().status()).isEqualTo(200);
        person.close();
    }

    @Test
    @BrowserTest
    void scannerThatFollowsEveryLinkOfMailAndPageDecidesNothing(Page page) {
        OpenRequest request = OpenRequest.in(REALM);

        page.setContent(request.mail().html());
        Object inMail = page.evaluate("[...document.links].map(link => link.href)");
        page.navigate(request.link().toString());
        Object onPage = page.evaluate("[...document.links].map(link => link.href)");
        for (Object links : new Object[] {inMail, onPage}) {
            for (Object link : (Iterable<?>) links) {
                page.navigate(link.toString());
            }
        }

        linkStillWorks(request);
    }

    private static URI withQuery(OpenRequest request, String query) {
        return URI.create(request.link() + "?" + query);
    }

    private static void linkStillWorks(OpenRequest request) {
        assertThat(request.isPending()).isTrue();
        assertThat(request.decide("approve").status()).isEqualTo(200);
        assertThat(request.result().text("id_token")).isNotEmpty();
    }
}

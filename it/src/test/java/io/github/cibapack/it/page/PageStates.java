// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.mail.ScriptedSmtp.Mood;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import java.net.URI;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Brings a request into each state that the page knows, by the ways that lead there in life. */
final class PageStates {

    private static final String OTHER_SITE = "http://other-site.example/";

    private final RealmFixture realm;
    private final Supplier<Form> parameters;

    private PageStates(RealmFixture realm, Supplier<Form> parameters) {
        this.realm = realm;
        this.parameters = parameters;
    }

    /** Requests for people who have no language of their own: the browser's counts. */
    static PageStates of(RealmFixture realm) {
        return new PageStates(realm, () -> OpenRequest.usual(OpenRequest.somebody(realm)));
    }

    /** Requests like this one. */
    static PageStates of(RealmFixture realm, Form parameters) {
        return new PageStates(realm, () -> parameters);
    }

    /**
     * A link that leads to a page in this state; for {@link PageState#REFUSED} the link whose form
     * another site posts.
     */
    URI link(PageState state) {
        return switch (state) {
            case UNDECIDED, REFUSED -> request().link();
            case APPROVED -> decided("approve");
            case DENIED -> decided("deny");
            case ENDED -> ended();
            case CANCELLED -> cancelled();
            case CANCELLED_BY_CLIENT -> takenBack();
            case UNKNOWN -> realm.url("/ciba/approve/no-such-ticket");
        };
    }

    /** The page in this state, without a browser. */
    Answer answer(PageState state) {
        URI link = link(state);
        return state == PageState.REFUSED
                ? OpenRequest.postFromPage(link, "decision=approve", "Sec-Fetch-Site", "cross-site")
                : OpenRequest.visit("GET", link);
    }

    /** Shows a link of {@link #link} in a browser. */
    static Response show(Page page, PageState state, URI link) {
        return state == PageState.REFUSED
                ? postFromAnotherSite(page, link)
                : page.navigate(link.toString());
    }

    private static Response postFromAnotherSite(Page page, URI link) {
        String form =
                """
                <!DOCTYPE html><title>Another site</title>
                <form method="post" action="%s"><button name="decision" value="approve">Win</button></form>
                """
                        .formatted(link);
        page.route(
                OTHER_SITE,
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("text/html")
                                        .setBody(form)));
        page.navigate(OTHER_SITE);
        Response answer =
                page.waitForResponse(
                        response -> response.request().method().equals("POST"),
                        () -> page.click("button"));
        page.waitForURL(link.toString());
        page.waitForLoadState();
        return answer;
    }

    private OpenRequest request() {
        return OpenRequest.in(realm, realm.gasPump(), parameters.get());
    }

    private URI decided(String decision) {
        OpenRequest request = request();
        request.decide(decision);
        return request.link();
    }

    private URI cancelled() {
        OpenRequest request = request();
        Answer cancelled =
                realm.admin()
                        .call(
                                "POST",
                                "/%s/ciba/requests/%s/cancel"
                                        .formatted(realm.name(), request.started().authReqId()),
                                null);
        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(204);
        return request.link();
    }

    private URI takenBack() {
        OpenRequest request = request();
        Answer cancelled = realm.gasPump().cancel(request.started().authReqId());
        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
        return request.link();
    }

    /** The mail server refuses the mail at its very end, so nobody got it and nobody can decide. */
    private URI ended() {
        try (ScriptedSmtp refusing = ScriptedSmtp.startFor(realm.server().smtpBindAddress())) {
            refusing.become(Mood.UNWANTED_MESSAGE);
            mailTo(refusing.port());
            Answer started = realm.gasPump().start(parameters.get());
            assertThat(started.status()).as(started.body()).isEqualTo(200);
            URI link = refusing.awaitRefused().magicLink();
            Awaitility.await("the end of the request")
                    .until(
                            () ->
                                    !OpenRequest.visit("GET", link)
                                            .body()
                                            .contains("id=\"ciba-form\""));
            return link;
        } finally {
            mailTo(realm.mailbox().port());
        }
    }

    private void mailTo(int port) {
        realm.admin()
                .updateRealm(
                        realm.name(),
                        changed ->
                                changed.withObjectProperty("smtpServer")
                                        .put("host", realm.server().smtpHost())
                                        .put("port", String.valueOf(port)));
    }
}

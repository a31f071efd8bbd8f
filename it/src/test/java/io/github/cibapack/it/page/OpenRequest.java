// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.SeenSecrets;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An authentication request whose mail has arrived, and what HTTP alone can do with the link in it.
 *
 * @param relyingParty who started it
 * @param started the acknowledgement
 * @param mail what the user got
 */
public record OpenRequest(RelyingParty relyingParty, Answer started, ReceivedMail mail) {

    public static final String BINDING_MESSAGE = "Pump 4: $50 of gas";

    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    /** By the realm's name: test classes run in parallel. */
    private static final Map<String, Queue<Runnable>> DENIALS = new ConcurrentHashMap<>();

    /** The usual request: gas pump asks somebody whom nobody has asked before. */
    public static OpenRequest in(RealmFixture realm) {
        return in(realm, realm.gasPump(), usual(somebody(realm)));
    }

    public static OpenRequest in(RealmFixture realm, RelyingParty relyingParty, Form parameters) {
        Answer started = relyingParty.start(parameters);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        OpenRequest request =
                new OpenRequest(
                        relyingParty, started, realm.mailbox().awaitMailFor(started.authReqId()));
        URI page = realm.url("/ciba/approve/" + request.ticket());
        denialsIn(realm).add(() -> ApprovalForm.decide(page, "deny"));
        return request;
    }

    /**
     * The same, whose mail is found by its message: Keycloak's own endpoint wraps the id that the
     * mail ends with.
     */
    public static OpenRequest saying(
            String message, RealmFixture realm, RelyingParty relyingParty, Form parameters) {
        Answer started = relyingParty.start(parameters);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return new OpenRequest(
                relyingParty,
                started,
                realm.mailbox().await(mail -> mail.mentions(message), TIME_LIMIT));
    }

    /** For after each test: a user may have few requests pending at a time. */
    public static void denyWhatIsStillOpenIn(RealmFixture realm) {
        Queue<Runnable> denials = denialsIn(realm);
        for (Runnable denial = denials.poll(); denial != null; denial = denials.poll()) {
            denial.run();
        }
    }

    private static Queue<Runnable> denialsIn(RealmFixture realm) {
        return DENIALS.computeIfAbsent(realm.name(), name -> new ConcurrentLinkedQueue<>());
    }

    /** What gas pump usually sends. */
    public static Form usual(String loginHint) {
        return forUser(loginHint).and("binding_message", BINDING_MESSAGE);
    }

    /**
     * A new user with a verified address: limits are counted per user, and no test shall run into
     * those that another one has used up.
     */
    public static String somebody(RealmFixture realm) {
        String name = "person-" + PEOPLE.incrementAndGet();
        String address = name + "@ciba-demo.example";
        SeenSecrets.add(address);
        realm.admin()
                .createUser(
                        realm.name(),
                        Json.object()
                                .put("username", name)
                                .put("enabled", true)
                                .put("email", address)
                                .put("emailVerified", true));
        return name;
    }

    /** The least that a request needs. */
    public static Form forUser(String loginHint) {
        return Form.of("scope", "openid", "login_hint", loginHint);
    }

    public URI link() {
        return mail.magicLink();
    }

    /** The secret in the link. */
    public String ticket() {
        String link = link().toString();
        return link.substring(link.lastIndexOf('/') + 1);
    }

    /** Opens the link as a program does. */
    public Answer open(String... headers) {
        return visit("GET", link(), headers);
    }

    /**
     * Posts a form with the page's own token, with these headers and with nothing that a browser
     * would add.
     */
    public Answer post(String form, String... headers) {
        return postFromPage(link(), form, headers);
    }

    /** Decides as the page's own form does. */
    public Answer decide(String decision) {
        return ApprovalForm.decide(link(), decision);
    }

    /** Polls once and says whether the user still has to decide. */
    public boolean isPending() {
        return poll().isUndecided();
    }

    public Answer poll() {
        return relyingParty.poll(started.authReqId());
    }

    /** Polls as the interval allows until there is a result. */
    public Answer result() {
        return relyingParty.pollUntilDecided(started);
    }

    /** A request without a body. */
    public static Answer visit(String method, URI uri, String... headers) {
        return send(method, uri, BodyPublishers.noBody(), headers);
    }

    /** Opens a page and posts this form together with the page's own token. */
    public static Answer postFromPage(URI link, String form, String... headers) {
        ApprovalForm page = ApprovalForm.open(link);
        String token = page.withoutButton().encoded();
        return post(link, form.isEmpty() ? token : form + "&" + token, headers);
    }

    public static Answer post(URI uri, String form, String... headers) {
        HttpRequest.Builder request = builder(uri, headers);
        Answer answer =
                RelyingParty.exchange(
                        request.header("Content-Type", FORM_TYPE)
                                .POST(BodyPublishers.ofString(form))
                                .build());
        return ApprovalForm.follow(uri, answer);
    }

    public static Answer send(String method, URI uri, BodyPublisher body, String... headers) {
        return RelyingParty.exchange(builder(uri, headers).method(method, body).build());
    }

    private static HttpRequest.Builder builder(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIME_LIMIT);
        return headers.length == 0 ? request : request.headers(headers);
    }
}

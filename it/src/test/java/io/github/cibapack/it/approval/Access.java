// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.UUID;

/**
 * An approved request, and what its relying party can do with the tokens that it gets for it.
 *
 * @param realm of the request
 * @param client who asked
 * @param started the acknowledgement of the request
 * @param link the page
 */
record Access(RealmFixture realm, RelyingParty client, Answer started, URI link) {

    /** Lets clients ask about tokens that they are not the audience of. */
    static void letIntrospect(RealmDocument realm, String... clients) {
        for (String client : clients) {
            realm.clientAttribute(
                    client, "allow.token.introspection.without.audience.check", "true");
        }
    }

    /** A request that the user has approved by its link. */
    static Access approved(RealmFixture realm, RelyingParty client, String user, String scope) {
        Access asked = asked(realm, client, user, scope);
        Answer page = ApprovalForm.decide(asked.link(), "approve");
        assertThat(page.status()).as(page.body()).isIn(200, 303);
        return asked;
    }

    /** A request that waits for the user. */
    static Access asked(RealmFixture realm, RelyingParty client, String user, String scope) {
        return asked(realm, client, Form.of("scope", scope, "login_hint", user));
    }

    /** The same with any parameters. */
    static Access asked(RealmFixture realm, RelyingParty client, Form parameters) {
        String message = UUID.randomUUID().toString();
        Answer started = client.start(parameters.and("binding_message", message));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        URI link =
                realm.mailbox()
                        .await(mail -> mail.mentions(message), Duration.ofSeconds(20))
                        .magicLink();
        return new Access(realm, client, started, link);
    }

    /** Polls for the tokens. */
    Answer redeem() {
        Answer tokens = client.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        return tokens;
    }

    /** Opens the page and presses "This was not me". */
    Answer revoke() {
        return form(ApprovalForm.open(link).token()).press("revoke", "true");
    }

    /** The form under the approval, with this token. */
    ApprovalForm form(String token) {
        return new ApprovalForm(URI.create(link + "/revoke"), token);
    }

    Answer page() {
        return RelyingParty.exchange(HttpRequest.newBuilder(link).build());
    }

    boolean isActive(Answer tokens) {
        Answer answer =
                client.send(
                        realm.url("/protocol/openid-connect/token/introspect"),
                        Form.of("token", tokens.text("access_token")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("active").asBoolean();
    }

    int userinfo(Answer tokens) {
        return RelyingParty.exchange(
                        HttpRequest.newBuilder(realm.url("/protocol/openid-connect/userinfo"))
                                .header("Authorization", "Bearer " + tokens.text("access_token"))
                                .build())
                .status();
    }

    Answer refresh(Answer tokens) {
        return client.send(
                realm.url("/protocol/openid-connect/token"),
                Form.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.text("refresh_token")));
    }

    void assertAlive(Answer tokens) {
        assertThat(isActive(tokens)).isTrue();
        assertThat(userinfo(tokens)).isEqualTo(200);
    }

    void assertEnded(Answer tokens) {
        assertThat(isActive(tokens)).isFalse();
        assertThat(userinfo(tokens)).isEqualTo(401);
        if (!tokens.text("refresh_token").isEmpty()) {
            assertThat(refresh(tokens).error()).isEqualTo("invalid_grant");
        }
    }
}

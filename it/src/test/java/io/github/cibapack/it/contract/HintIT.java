// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static io.github.cibapack.it.contract.Documented.assertRefusal;
import static io.github.cibapack.it.contract.Documented.sentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.Clause;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is meant by a request, and who cannot be asked. */
@Tag("CIBA-Core-7.1")
class HintIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(HintIT::addLookAlikes);

    /** Usernames that look like other people's e-mail addresses. */
    private static void addLookAlikes(RealmDocument realm) {
        realm.addUser("alice@ciba-demo.example").put("email", "mallory@ciba-demo.example");
        realm.addUser("bob@ciba-demo.example").put("email", "dave@ciba-demo.example");
        realm.addUser("erin").put("email", "");
    }

    @Test
    @Clause("7.2-5")
    void noHintIsRefused() {
        Answer answer = REALM.gasPump().start(Form.of("scope", "openid"));

        assertRefusal(answer, 400, "invalid_request");
        assertThat(answer.errorDescription()).contains("login_hint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"login_hint_token", "id_token_hint"})
    @Clause({"7.1-14", "7.2-5"})
    void secondHintIsRefused(String other) {
        Form form = Form.of("scope", "openid", "login_hint", "alice", other, "anything");

        Answer answer = REALM.gasPump().start(form);

        assertRefusal(answer, 400, "invalid_request");
        assertThat(answer.errorDescription()).contains("Only one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void emptyHintCountsAsNone(String empty) {
        assertRefusal(startFor(empty), 400, "invalid_request");
    }

    @Test
    void disabledUserCannotBeToldFromAnUnknownOne() {
        Answer unknown = startFor("no-such-user");
        Answer disabled = startFor("carol");

        assertRefusal(unknown, 400, "unknown_user_id");
        assertRefusal(disabled, 400, "unknown_user_id");
        assertThat(sentence(disabled)).isEqualTo(sentence(unknown));
        assertThat(disabled.headers().map().keySet()).isEqualTo(unknown.headers().map().keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "ali*", "%", "alice\u0000", "\u0001alice", "${user}", "' or '1'='1"})
    void hintIsNeverAPattern(String hint) {
        assertRefusal(startFor(hint), 400, "unknown_user_id");
    }

    @Test
    void longHintIsJustUnknownAndOneOverTheLimitIsRefused() {
        assertRefusal(startFor("a".repeat(2048)), 400, "unknown_user_id");
        assertRefusal(startFor("a".repeat(2049)), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "erin"})
    void withoutVerifiedAddressNobodyIsAsked(String username) {
        Answer answer = startFor(username);

        assertRefusal(answer, 403, "access_denied");
        assertThat(answer.errorDescription()).contains("verified e-mail address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "ALICE",
                " alice ",
                "alice@ciba-demo.example",
                "Alice@CIBA-demo.example"
            })
    @Clause("7.2-4")
    void usernameAndAddressBothNameTheUser(String hint) {
        Answer started = startFor(hint);

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(REALM.mailbox().awaitMailFor(started.authReqId()).to())
                .containsExactly("alice@ciba-demo.example");
    }

    @Test
    @Clause("7.2-6")
    void twoUsersWhoMatchAreNobody() {
        assertRefusal(startFor("bob@ciba-demo.example"), 400, "unknown_user_id");
    }

    private static Answer startFor(String hint) {
        return REALM.gasPump().start(Form.of("scope", "openid", "login_hint", hint));
    }
}

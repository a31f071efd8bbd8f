// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.hint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginHintIT {
    private static final String FORMS = "ciba.login-hint.forms";
    private static final String SUBJECT_AT_GITHUB = "4711";
    private static final String ALL_FORMS = "username,email,id,iss_sub,opaque,phone_number,account";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                // a username that looks like alice's verified address
                                realm.addUser("alice@ciba-demo.example")
                                        .put("email", "mallory@ciba-demo.example")
                                        .put("emailVerified", true);
                                realm.addUser("dora")
                                        .put("email", "dora@ciba-demo.example")
                                        .put("emailVerified", true)
                                        .set("attributes", phone("true"));
                                // the same number, not verified
                                realm.addUser("eve")
                                        .put("email", "eve@ciba-demo.example")
                                        .put("emailVerified", true)
                                        .set("attributes", phone("false"));
                                linkTo(realm.addUser("finn"));
                                realm.json()
                                        .withArrayProperty("identityProviders")
                                        .addObject()
                                        .put("alias", "github")
                                        .put("providerId", "github")
                                        .put("enabled", true)
                                        .putObject("config")
                                        .put("clientId", "any")
                                        .put("clientSecret", "any");
                            });

    @AfterEach
    void acceptDefaultForms() {
        REALM.admin()
                .updateRealm(REALM.name(), realm -> realm.withObject("/attributes").put(FORMS, ""));
    }

    @Test
    void usernameNamesItsUser() {
        assertAsked(hint("alice"), "alice@ciba-demo.example");
    }

    @Test
    void verifiedAddressWinsOverAUsernameThatLooksLikeIt() {
        assertAsked(hint("alice@ciba-demo.example"), "alice@ciba-demo.example");
    }

    @Test
    void addressIsFoundWhateverItsCase() {
        assertAsked(hint("Dora@CIBA-Demo.example"), "dora@ciba-demo.example");
    }

    @Test
    void structuredAddressNamesTheUser() {
        assertAsked(
                hint("{\"format\":\"email\",\"email\":\"dora@ciba-demo.example\"}"),
                "dora@ciba-demo.example");
        assertAsked(hint("email:dora@ciba-demo.example"), "dora@ciba-demo.example");
    }

    @Test
    void userIdIsRefusedUnlessTheRealmAcceptsIt() {
        String id = REALM.userId("dora");
        assertUnknown(hint(id));
        assertUnknown(hint("opaque:" + id));
        assertUnknown(hint(issSub(id)));
        accept(ALL_FORMS);
        assertAsked(hint(id), "dora@ciba-demo.example");
        assertAsked(hint("opaque:" + id), "dora@ciba-demo.example");
        assertAsked(
                hint("{\"format\":\"opaque\",\"id\":\"" + id + "\"}"), "dora@ciba-demo.example");
        assertAsked(hint(issSub(id)), "dora@ciba-demo.example");
        assertAsked(
                hint("iss_sub:" + REALM.gasPump().issuer() + ":" + id), "dora@ciba-demo.example");
    }

    @Test
    void subjectOfAnotherIssuerNamesNobody() {
        accept(ALL_FORMS);
        assertUnknown(
                hint(
                        "{\"format\":\"iss_sub\",\"iss\":\"https://elsewhere.example\",\"sub\":\""
                                + REALM.userId("dora")
                                + "\"}"));
    }

    @Test
    void accountAtAProviderThatHasNoIssuerIsNotNamedByAnIssuer() {
        accept(ALL_FORMS);

        assertUnknown(hint(issSub("/", SUBJECT_AT_GITHUB)));
    }

    @Test
    void accountOfThisServerNamesItsUser() {
        accept(ALL_FORMS);
        String host = REALM.gasPump().issuer().getHost();
        assertAsked(
                hint("{\"format\":\"account\",\"uri\":\"acct:dora@" + host + "\"}"),
                "dora@ciba-demo.example");
        assertUnknown(hint("{\"format\":\"account\",\"uri\":\"acct:dora@elsewhere.example\"}"));
    }

    @Test
    void onlyAVerifiedPhoneNumberNamesItsUser() {
        accept(ALL_FORMS);
        assertAsked(
                hint("{\"format\":\"phone_number\",\"phone_number\":\"+12065550100\"}"),
                "dora@ciba-demo.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tel:+12065550100", "+12065550100", "TEL:+1-206-555-0100"})
    void telephoneNumberIsUnderstoodAsPeopleWriteIt(String number) {
        assertUnknown(hint(number));

        accept(ALL_FORMS);

        assertAsked(hint(number), "dora@ciba-demo.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tel:12065550100",
                "tel:+12065550100;ext=1",
                "tel:+02065550100",
                "+1206555010",
                "++12065550100",
                "tel:"
            })
    void whatIsNoGlobalNumberOfAUserNamesNobody(String number) {
        accept(ALL_FORMS);

        assertUnknown(hint(number));
    }

    @Test
    void slashAtTheEndOfTheIssuerMeansNothing() {
        String id = REALM.userId("dora");
        String issuer = REALM.gasPump().issuer() + "/";
        accept(ALL_FORMS);

        assertAsked(hint("iss_sub:" + issuer + ":" + id), "dora@ciba-demo.example");
        assertAsked(hint(issSub(issuer, id)), "dora@ciba-demo.example");
        assertUnknown(hint(issSub(issuer + "/", id)));
        assertUnknown(hint(issSub("https://elsewhere.example/", id)));
    }

    @Test
    void aliasesMustAllMeanTheSameUser() {
        accept(ALL_FORMS);
        String dora = "{\"format\":\"email\",\"email\":\"dora@ciba-demo.example\"}";
        String eve = "{\"format\":\"email\",\"email\":\"eve@ciba-demo.example\"}";
        String doraById = "{\"format\":\"opaque\",\"id\":\"" + REALM.userId("dora") + "\"}";
        assertAsked(
                hint("{\"format\":\"aliases\",\"identifiers\":[" + dora + "," + doraById + "]}"),
                "dora@ciba-demo.example");
        assertUnknown(hint("{\"format\":\"aliases\",\"identifiers\":[" + dora + "," + eve + "]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "{",
                "{}",
                "{\"format\":\"email\"}",
                "{\"format\":\"nonsense\",\"id\":\"alice\"}",
                "email:",
                "opaque:",
                "*",
                "%",
                "alice OR 1=1"
            })
    void whatNamesNobodyIsRefused(String hint) {
        accept(ALL_FORMS);
        assertUnknown(hint(hint));
    }

    @Test
    void unknownAndDisabledUsersCannotBeToldApart() {
        Answer unknown = hint("nobody");
        Answer disabled = hint("carol");
        assertThat(disabled.status()).isEqualTo(unknown.status());
        assertThat(withoutId(disabled)).isEqualTo(withoutId(unknown));
    }

    @Test
    void settingWithAWordThatIsNoFormIsAnErrorAndNotASilentDefault() {
        accept("username,surname");
        Answer refused = hint("alice");
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.error()).isEqualTo("server_error");
        assertThat(REALM.server().logs()).contains(FORMS);
    }

    private static void linkTo(ObjectNode user) {
        user.withArrayProperty("federatedIdentities")
                .addObject()
                .put("identityProvider", "github")
                .put("userId", SUBJECT_AT_GITHUB)
                .put("userName", "finn");
    }

    private static ObjectNode phone(String verified) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        attributes.putArray("phoneNumber").add("+12065550100");
        attributes.putArray("phoneNumberVerified").add(verified);
        return attributes;
    }

    private static String issSub(String id) {
        return issSub(REALM.gasPump().issuer().toString(), id);
    }

    private static String issSub(String issuer, String id) {
        return "{\"format\":\"iss_sub\",\"iss\":\"" + issuer + "\",\"sub\":\"" + id + "\"}";
    }

    private static Answer hint(String hint) {
        return REALM.gasPump().start(Form.of("scope", "openid", "login_hint", hint));
    }

    private static void accept(String forms) {
        REALM.admin()
                .updateRealm(
                        REALM.name(), realm -> realm.withObject("/attributes").put(FORMS, forms));
    }

    private static void assertAsked(Answer answer, String address) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        ReceivedMail mail = REALM.mailbox().awaitMailFor(answer.authReqId());
        assertThat(mail.to()).contains(address);
        // a user has a few places for undecided requests
        MailReader.denies(mail);
    }

    private static void assertUnknown(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("unknown_user_id");
    }

    private static String withoutId(Answer answer) {
        return answer.body().replaceAll("[0-9a-f-]{36}", "id");
    }
}

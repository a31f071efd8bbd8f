// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of a check that say two things, or none. */
class CheckHeadersIT {
    private static final String STRONG = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(Bank::open)
                    .with(
                            realm -> {
                                Bank.rule(realm, "some", "paths", "/transfers,/admin/**");
                                Bank.rule(
                                        realm,
                                        "exact",
                                        "paths",
                                        "/Transfers",
                                        "ignoreCase",
                                        "false");
                                Bank.rule(
                                        realm,
                                        "worded",
                                        "bindingMessage",
                                        "Send ${header.X-Amount}");
                            });

    private static String alice;

    @BeforeAll
    static void alicesAppHasAToken() {
        alice = Bank.tokenOf(REALM, "alice");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-Method, POST",
        "X-Forwarded-Proto, https",
        "X-Forwarded-Host, api.example",
        "X-Forwarded-Uri, /transfers",
        "X-Forwarded-For, 198.51.100.7",
        "Authorization, Bearer x",
        "Content-Digest, sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
        "One-Time-Authorization, x",
        "X-Amount, 5000"
    })
    void headerThatIsReadComesOnce(String header, String value) {
        ForwardAuth check =
                ForwardAuth.check(REALM, "worded", alice)
                        .with("X-Amount", "50")
                        .with("Content-Digest", STRONG)
                        .with("One-Time-Authorization", "x");

        Answer refused = RelyingParty.exchange(again(check, header, value));

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.errorDescription()).contains(header, "more than once");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X_Forwarded_Uri",
                "X-Forwarded_Proto",
                "X_Amount",
                "Content_Digest",
                "One_Time_Authorization",
                "One_Time_Authorization_User",
                "X_Gateway_Secret",
                "X_HTTP_Method_Override",
                "x.rewrite.url",
                "X-Forwarded-Path",
                "X_Envoy_Original_Path",
                "X-MS-Original-Url"
            })
    void headerThatMayBeReadAsAnotherIsRefused(String twin) {
        Answer refused =
                ForwardAuth.check(REALM, "worded", alice)
                        .with("X-Amount", "50")
                        .with(twin, "x")
                        .send();

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.errorDescription()).containsIgnoringCase(twin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "wss", "HTTPS", "Http"})
    void schemeOfAWebSocketIsUnderstood(String scheme) {
        Answer free =
                ForwardAuth.check(REALM, "some", alice)
                        .with("X-Forwarded-Proto", scheme)
                        .with("X-Forwarded-Uri", "/balance")
                        .send();

        assertThat(free.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-Proto, ftp",
        "X-Forwarded-Method, post",
        "X-Forwarded-Host, 'a b'",
        "X-Forwarded-Uri, transfers"
    })
    void refusedCheckNamesWhatIsWrong(String header, String value) {
        Answer refused = ForwardAuth.check(REALM, "some", alice).with(header, value).send();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorDescription()).contains(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo=\"a, sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:\"",
                "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA:",
                "sha-256=:AAAA:",
                "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:"
            })
    void digestThatBindsNothingIsRefused(String digest) {
        Answer refused =
                ForwardAuth.check(REALM, "worded", alice)
                        .with("X-Amount", "50")
                        .with("Content-Digest", digest)
                        .send();

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.errorDescription()).contains("Content-Digest");
    }

    @ParameterizedTest
    @CsvSource({
        "some, /TRANSFERS, 401",
        "some, /transfers%20, 401",
        "some, /balance, 200",
        "exact, /Transfers, 401",
        "exact, /Transfers.json, 401",
        "exact, /transfers, 200"
    })
    void capitalLettersAreWhatTheRuleSays(String rule, String uri, int status) {
        Answer answer =
                ForwardAuth.check(REALM, rule, "no-token").with("X-Forwarded-Uri", uri).send();

        assertThat(answer.status()).isEqualTo(status);
    }

    /** It is of the body of the checked request, which stays with the gateway. */
    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "Shift_JIS", "utf-16", "\"utf-8\""})
    void formInAnyCharsetIsTheApisAffair(String charset) {
        Answer passed =
                ForwardAuth.check(REALM, "some", "no-token")
                        .with("X-Forwarded-Uri", "/balance")
                        .with(
                                "Content-Type",
                                "application/x-www-form-urlencoded;charset=" + charset)
                        .send();

        assertThat(passed.status()).as(passed.body()).isEqualTo(200);
    }

    @Test
    void deepPathIsRefusedWithoutANoise() {
        Answer refused =
                ForwardAuth.check(REALM, "some", alice)
                        .with("X-Forwarded-Uri", "/a".repeat(3000))
                        .send();

        assertThat(refused.status()).isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override",
                "X-HTTP-Method",
                "X-Method-Override",
                "X-Rewrite-URL",
                "X-Original-URL"
            })
    void requestThatCouldBeTakenForAnotherIsRefused(String header) {
        Answer refused =
                ForwardAuth.check(REALM, "some", alice)
                        .with("X-Forwarded-Uri", "/balance")
                        .with(header, "/transfers/1")
                        .send();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
    }

    private static HttpRequest again(ForwardAuth check, String header, String value) {
        HttpRequest request = check.request();
        HttpRequest.Builder twice = HttpRequest.newBuilder(request.uri());
        request.headers().map().forEach((name, values) -> twice.header(name, values.get(0)));
        return twice.header(header, value).build();
    }
}

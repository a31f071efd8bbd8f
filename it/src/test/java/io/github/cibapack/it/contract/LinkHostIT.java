// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static io.github.cibapack.it.contract.Documented.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.suite.OwnServer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host of the magic link is the admin's word and never the request's. */
@OwnServer
class LinkHostIT {

    /** Stands in the mails of requests that name a host of their own, and in no other. */
    private static final String MESSAGE = "Named-a-host";

    @RegisterExtension static final RealmFixture UNCONFIGURED = RealmFixture.fresh();

    @RegisterExtension
    static final RealmFixture FRONTEND_URL =
            RealmFixture.fresh()
                    .with(realm -> realm.attribute("frontendUrl", "https://login.example/sso"));

    @RegisterExtension
    static final RealmFixture HOSTNAME =
            RealmFixture.fresh()
                    .on(
                            ServerOptions.defaults()
                                    .withRuntimeOptions(
                                            "--hostname=https://id.example:8443",
                                            "--proxy-headers=xforwarded"));

    /** Without a scheme Keycloak takes scheme and port from the request. */
    @RegisterExtension
    static final RealmFixture PLAIN_HOSTNAME =
            RealmFixture.fresh()
                    .with(LinkHostIT::addUnverified)
                    .on(ServerOptions.defaults().withRuntimeOptions("--hostname=id.example"));

    private static void addUnverified(RealmDocument realm) {
        Policies.add(realm, "verifying", "verifyAddress", "true");
        realm.clientAttribute("gas-pump", "ciba.policies", "verifying");
        realm.addUser("vera").put("emailVerified", false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:443",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "10.0.0.1",
                "[fe80::1]"
            })
    void withoutAConfiguredHostNothingIsSent(String host) {
        Answer answer = start(UNCONFIGURED.gasPump(), host);

        assertRefusal(answer, 503, "server_error");
        assertThat(answer.body()).doesNotContain(host);
        assertThat(UNCONFIGURED.mailbox().all()).noneMatch(mail -> mail.mentions(MESSAGE));
    }

    @Test
    void keycloaksEndpointIsGuardedAsWell() {
        RelyingParty pump = UNCONFIGURED.gasPump().atKeycloakEndpoints();

        Answer answer = start(pump, "evil.example");

        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.error()).isEqualTo("server_error");
    }

    @Test
    void logNamesTheOptionThatIsMissing() {
        start(UNCONFIGURED.gasPump(), "evil.example");

        assertThat(UNCONFIGURED.server().logs().lines())
                .anyMatch(
                        line ->
                                line.contains("'hostname'")
                                        && line.contains(UNCONFIGURED.name())
                                        && !line.contains("evil.example"));
    }

    @Test
    void loopbackIsGoodEnoughForDevelopment() {
        assertThat(UNCONFIGURED.gasPump().start("alice", "Pump 4").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1"})
    void realmsFrontendUrlIsTheLinksHost(String host) {
        Answer started = start(FRONTEND_URL.gasPump(), host);

        assertThat(linkOf(FRONTEND_URL, started))
                .startsWith(
                        "https://login.example/sso/realms/"
                                + FRONTEND_URL.name()
                                + "/ciba/approve/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1"})
    void configuredHostnameIsTheLinksHost(String host) {
        Answer started = start(HOSTNAME.gasPump(), host);

        assertThat(linkOf(HOSTNAME, started))
                .startsWith("https://id.example:8443/realms/" + HOSTNAME.name() + "/ciba/approve/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id.example", "id.example:4444", "evil.example:4444"})
    void plainHostnameIsTheLinksHostAndTheRequestsPortIsNot(String host) {
        Answer started = start(PLAIN_HOSTNAME.gasPump(), host);

        assertThat(linkOf(PLAIN_HOSTNAME, started))
                .startsWith(
                        "https://id.example/realms/" + PLAIN_HOSTNAME.name() + "/ciba/approve/");
    }

    /** Keycloak takes the token of a link for its own only if it names the link's address. */
    @Test
    void linkThatVerifiesAnAddressNamesItsOwnAddressAndNotTheRequests() throws Exception {
        assertThat(start(PLAIN_HOSTNAME.gasPump(), "id.example:4444", "vera").status())
                .isEqualTo(403);

        String text =
                PLAIN_HOSTNAME
                        .mailbox()
                        .await(
                                mail -> mail.to().contains("vera@ciba-demo.example"),
                                Duration.ofSeconds(20))
                        .text();
        String issuer = "https://id.example/realms/" + PLAIN_HOSTNAME.name();
        Matcher link =
                Pattern.compile(
                                Pattern.quote(issuer + "/login-actions/action-token?key=")
                                        + "([\\w.-]+)")
                        .matcher(text);
        assertThat(link.find()).as(text).isTrue();
        JWTClaimsSet claims = SignedJWT.parse(link.group(1)).getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(issuer);
        assertThat(claims.getAudience()).containsExactly(issuer);
    }

    /**
     * It is the relying party's server that calls: its address, or what it writes, tells nobody.
     */
    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7, 127.0.0.1", "203.0.113.7 (your bank)"})
    void mailTellsNothingThatTheCallerWroteAsItsAddress(String sent) {
        Answer started =
                start(HOSTNAME.gasPump(), "evil.example", "alice", "X-Forwarded-For", sent);

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ReceivedMail mail = HOSTNAME.mailbox().awaitMailFor(started.authReqId());
        assertThat(mail.mentions("203.0.113.7")).isFalse();
        assertThat(mail.mentions("your bank")).isFalse();
    }

    @Test
    void longAddressCostsNoRequest() {
        Answer started =
                start(
                        HOSTNAME.gasPump(),
                        "evil.example",
                        "alice",
                        "X-Forwarded-For",
                        "1".repeat(5000));

        assertThat(started.status()).as(started.body()).isEqualTo(200);
    }

    private static String linkOf(RealmFixture realm, Answer started) {
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return realm.mailbox().awaitMailFor(started.authReqId()).magicLink().toString();
    }

    private static Answer start(RelyingParty pump, String host) {
        return start(pump, host, "alice");
    }

    private static Answer start(RelyingParty pump, String host, String user) {
        return start(pump, host, user, "Forwarded", "host=" + host);
    }

    private static Answer start(
            RelyingParty pump, String host, String user, String header, String value) {
        Form form = Form.of("scope", "openid", "login_hint", user, "binding_message", MESSAGE);
        return RelyingParty.exchange(
                HttpRequest.newBuilder(pump.startEndpoint())
                        .timeout(Duration.ofSeconds(30))
                        .header("Host", host)
                        .header("X-Forwarded-Host", host)
                        .header(header, value)
                        .header("Authorization", pump.basic())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.encoded()))
                        .build());
    }
}

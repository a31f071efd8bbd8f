// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clientauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.Clause;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Certificates;
import io.github.cibapack.it.server.HttpsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code tls_client_auth}: the certificate of the connection is the credential (RFC 8705 §2.1). */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the key files are on this machine, not in the container")
class MutualTlsIT {

    private static final String SUBJECT = "CN=gas-pump-mtls,O=CIBA Demo";
    private static final Form CLIENT_ID = Form.of("client_id", "gas-pump-mtls");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private static final Certificates CERTIFICATES = HttpsServer.certificates();

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().sharing(HttpsServer::shared);

    @ParameterizedTest
    @EnumSource(Target.class)
    @Clause({"7.1-1", "10.1-1"})
    void certificateOfTheClientAuthenticates(Target target) {
        target.assertAuthenticated(send(target, CERTIFICATES.client(SUBJECT), CLIENT_ID));
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void withoutTheRightCertificateNobodyIsAuthenticated(Target target) {
        SSLContext none = CERTIFICATES.anonymous();
        SSLContext anothers = CERTIFICATES.client("CN=another-client,O=CIBA Demo");

        target.assertNotAuthenticated(send(target, none, CLIENT_ID));
        target.assertNotAuthenticated(send(target, anothers, CLIENT_ID));
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"AS_START", "AS_TOKEN"})
    void certificateIsNoCredentialOfOtherClients(Target target) {
        SSLContext ours = CERTIFICATES.client(SUBJECT);

        target.assertNotAuthenticated(send(target, ours, Form.of("client_id", "gas-pump")));
        target.assertNotAuthenticated(
                send(target, ours, Form.of("client_id", "gas-pump-private-key")));
        target.assertNotAuthenticated(
                send(
                        target,
                        CERTIFICATES.anonymous(),
                        CLIENT_ID.and("client_secret", "gas-pump-secret")));
    }

    @Test
    void wholeWayWorksWithACertificate() {
        HttpClient http = HttpsServer.http(CERTIFICATES.client(SUBJECT));

        Answer started =
                post(
                        http,
                        HttpsServer.https(REALM.url("/as/cibaAuthorization")),
                        Form.of("scope", "openid", "login_hint", "alice").and(CLIENT_ID));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        MailReader.approves(REALM.mailbox().awaitMailFor(started.authReqId()), http);
        Answer tokens =
                post(
                        http,
                        HttpsServer.https(REALM.url("/as/token")),
                        Form.of(
                                        "grant_type",
                                        RelyingParty.GRANT_TYPE,
                                        "auth_req_id",
                                        started.authReqId())
                                .and(CLIENT_ID));

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("id_token")).isNotEmpty();
    }

    private static Answer send(Target target, SSLContext context, Form credentials) {
        return post(
                HttpsServer.http(context),
                HttpsServer.https(target.uri(REALM.gasPump())),
                target.form().and(credentials));
    }

    private static Answer post(HttpClient http, URI uri, Form form) {
        return RelyingParty.exchange(
                http,
                HttpRequest.newBuilder(uri)
                        .timeout(TIME_LIMIT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.encoded()))
                        .build());
    }
}

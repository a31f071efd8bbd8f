// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.server.FreePort;
import io.github.cibapack.it.server.LoopbackHttp;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a caller spells in another way, through a real gateway with the configuration that the
 * project ships: once as it stands, and once beside a site of the same socket that takes any
 * header.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GatewayAttacks {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int TWO_MEGABYTES = 2 * 1024 * 1024;

    @RegisterExtension final RealmFixture realm;

    private final GatewayKind kind;
    private Api api;
    private String alice;
    private RunningGateway listed;
    private RunningGateway all;
    private RunningGateway lax;

    GatewayAttacks(GatewayKind kind) {
        this.kind = kind;
        this.realm =
                RealmFixture.fresh()
                        .with(Bank::open)
                        .with(
                                document -> {
                                    Bank.rule(
                                            document,
                                            "listed",
                                            "gateway",
                                            kind.family(),
                                            "paths",
                                            "/transfers,/admin/**");
                                    Bank.rule(document, "all", "gateway", kind.family());
                                });
    }

    @BeforeAll
    void openTheBank() {
        kind.program();
        api = Api.start();
        alice = Bank.tokenOf(realm, "alice");
        listed = gateway(false, "listed");
        all = gateway(false, "all");
        lax = gateway(true, "listed");
    }

    private RunningGateway gateway(boolean beside, String rule) {
        return RunningGateway.start(
                kind, beside, api.url(), realm.server().baseUrl(), realm.name(), rule);
    }

    @AfterAll
    void closeTheBank() {
        Stream.of(listed, all, lax).forEach(RunningGateway::close);
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/transfers.",
                "/transfers..",
                "/transfers%20",
                "/transfers%2e",
                "/transfers.json",
                "/transfers%3fx",
                "/transfers%23x",
                "/transfers%ff",
                "/transfers%00",
                "/transfers;x=1",
                "/transfers%5c",
                "/transfers::$DATA",
                "/TRANSFERS",
                "/%74ransfers",
                "/%2574ransfers",
                "/index.php/transfers",
                "/transfers.php/x",
                "/%ef%bd%94ransfers",
                "/(S(x))/transfers",
                "/free/..%c0%afadmin/x",
                "/free/..%2fadmin/x",
                "/free/%2e%2e/admin/x",
                "/free/..;/admin/x",
                "/free/..\\admin/x",
                "//admin/x",
                "/./admin/x",
                "/admin/./x",
                "/admin%20/x",
                "/admin/%e2%80%8bx"
            })
    void noSpellingOfAPathReachesTheApiUnasked(String path) {
        int before = api.arrivals("").size();

        int status = RawCall.of(listed.url(), "POST", path).with("Content-Length: 0").send();

        assertThat(status).isIn(400, 401, 403, 404);
        assertThat(api.arrivals("")).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/balance", "/transfers-list", "/kunden/m%C3%BCller", "/v1.0/x%20y"})
    void otherPathsPassAsTheyAre(String path) {
        String marked = path + "/" + UUID.randomUUID();

        assertThat(RawCall.of(listed.url(), "GET", marked).send()).isEqualTo(200);
        assertThat(api.arrivals(marked)).hasSize(1);
    }

    /** At 3,000 segments, too, and before any token is looked at. */
    @Test
    void deepPathIsRefusedAndNothingElse() {
        assertThat(RawCall.of(listed.url(), "GET", "/a".repeat(1000)).send()).isEqualTo(200);
        assertThat(RawCall.of(listed.url(), "GET", "/a".repeat(3000)).send()).isEqualTo(414);
        assertThat(RawCall.of(listed.url(), "GET", "/admin" + "/a".repeat(1000)).send())
                .isEqualTo(401);
    }

    static List<String> forgeries() {
        return List.of(
                "One-Time-Authorization-User",
                "One_Time_Authorization_User",
                "One-Time_Authorization-User",
                "one_time_authorization_id",
                "One_Time_Authorization-Receipt",
                "One.Time.Authorization.User",
                "One~Time!Authorization'User",
                "X-HTTP-Method-Override",
                "X_HTTP_Method_Override",
                "X-Http_Method-Override",
                "X.HTTP.Method.Override",
                "X_Method_Override",
                "X-HTTP-Method",
                "X_HTTP_Method",
                "X_Rewrite_URL",
                "X-Rewrite-URL",
                "X_Original_URL",
                "X-Original_URL",
                "X_Forwarded_Uri",
                "X_Original_URI");
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void headerThatAnApiMayReadAsTheGatewaysReachesItInNoSpelling(String name) {
        for (RunningGateway gateway : List.of(listed, lax)) {
            String path = "/balance/" + UUID.randomUUID();

            int status = RawCall.of(gateway.url(), "GET", path).with(name + ": forged").send();

            assertThat(status).isIn(200, 400);
            for (Api.Arrival arrival : api.arrivals(path)) {
                assertThat(arrival.headers().values().toString()).doesNotContain("forged");
                assertThat(arrival.headers().keySet())
                        .extracting(header -> header.toLowerCase(Locale.ROOT))
                        .noneMatch(header -> header.contains("override"));
            }
        }
    }

    /** What a caller names in Connection is taken away by proxies (RFC 9110 §7.6.1). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close, One-Time-Authorization-User",
                "Connection: close, one-time-authorization-user, One-Time-Authorization-Id",
                "Connection: close\r\nConnection: One-Time-Authorization-User"
            })
    void headersOfAnApprovalCannotBeTakenAway(String connection) {
        ApiCall transfer = ApiCall.transfer(all.url(), alice, "/transfers/" + UUID.randomUUID());
        Answer pending = transfer.send();
        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
        ReceivedMail mail = realm.mailbox().await(any -> any.text().contains(transfer.uri()), SOON);
        MailReader.approves(mail);

        int status = RawCall.of(transfer.retrying(pending)).with(connection).send();

        assertThat(status).isEqualTo(200);
        assertThat(api.arrivals(transfer.uri())).hasSize(1);
        Api.Arrival arrival = api.arrivals(transfer.uri()).get(0);
        assertThat(arrival.header("One-Time-Authorization-User")).isEqualTo(realm.userId("alice"));
        assertThat(arrival.header("One-Time-Authorization-Id")).isNotEmpty();
    }

    @Test
    void overrideCannotBeHiddenFromTheRule() {
        String path = "/balance/" + UUID.randomUUID();

        int status =
                RawCall.of(listed.url(), "GET", path)
                        .with(
                                "X-HTTP-Method-Override: DELETE",
                                "Connection: close, X-HTTP-Method-Override")
                        .send();

        assertThat(status).isEqualTo(400);
        assertThat(api.arrivals(path)).isEmpty();
    }

    @Test
    void longBodyPassesWhereTheApiTakesIt() {
        ApiCall upload =
                ApiCall.transfer(listed.url(), alice, "/uploads/" + UUID.randomUUID())
                        .withBodyAndDigest("a".repeat(TWO_MEGABYTES));
        assertThat(upload.send().status()).isEqualTo(200);

        ApiCall transfer = upload.withUri("/transfers?x=" + UUID.randomUUID());
        Answer pending = transfer.send();
        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
    }

    /** The type is of a body that the check does not have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=x",
                "multipart/mixed; boundary=\"x\"",
                "application/x-www-form-urlencoded"
            })
    void formsAndUploadsPassLikeAnyOtherBody(String type) {
        String form = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n%zz\r\n--x--";
        ApiCall upload =
                ApiCall.transfer(listed.url(), alice, "/uploads/" + UUID.randomUUID())
                        .with("Content-Type", type)
                        .withBodyAndDigest(form);
        assertThat(upload.send().status()).isEqualTo(200);

        Answer pending = upload.withUri("/transfers?x=" + UUID.randomUUID()).send();
        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
    }

    @Test
    void checkThatIsRefusedSaysWhatIsWrong() {
        URI gateway = listed.url();
        ApiCall call =
                ApiCall.transfer(gateway, alice, "/balance").with("X-HTTP-Method-Override", "GET");

        Answer refused = call.send();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorDescription()).containsIgnoringCase("X-HTTP-Method-Override");
    }

    @Test
    void nothingPassesWhileKeycloakCannotBeReached() {
        URI nobody = URI.create("http://127.0.0.1:" + FreePort.any());

        assertThat(throughGatewayOf(nobody).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 500, 503})
    void nothingPassesWhileKeycloakFails(int status) throws Exception {
        HttpServer failing = LoopbackHttp.onAnyPort();
        failing.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        failing.start();
        try {
            URI keycloak = URI.create("http://127.0.0.1:" + failing.getAddress().getPort());

            assertThat(throughGatewayOf(keycloak).status()).isGreaterThanOrEqualTo(300);
        } finally {
            failing.stop(0);
        }
    }

    private Answer throughGatewayOf(URI keycloak) {
        try (RunningGateway gateway =
                RunningGateway.start(kind, api.url(), keycloak, realm.name(), "all")) {
            ApiCall transfer =
                    ApiCall.transfer(gateway.url(), alice, "/transfers/" + UUID.randomUUID());
            Answer answer = transfer.send();
            assertThat(api.arrivals(transfer.uri())).isEmpty();
            return answer;
        }
    }
}

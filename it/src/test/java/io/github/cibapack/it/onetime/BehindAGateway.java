// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.demo.ToolRule;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A bank behind a real gateway, with the configuration that the project ships. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BehindAGateway {
    static final Duration SOON = Duration.ofSeconds(20);

    /** Another user than the caller. */
    static final String OTHER = "dora";

    @RegisterExtension final RealmFixture realm;

    final GatewayKind kind;
    private final Map<String, RunningGateway> gateways = new ConcurrentHashMap<>();
    Api api;
    String alice;

    BehindAGateway(GatewayKind kind) {
        this.kind = kind;
        this.realm = RealmFixture.fresh().with(Bank::open).with(this::addRules);
    }

    private void addRules(RealmDocument document) {
        Policies.addUserWithPassword(document, OTHER);
        addRule(document, "retry", "receipt", "true", "requireBodyDigest", "true");
        addRule(document, "held", "mode", "hold");
        addRule(document, "held-briefly", "mode", "hold", "holdSeconds", "1");
        addRule(document, "quick", "requestedExpiry", "10");
        addRule(document, "writes", "methods", "POST,PUT,PATCH,DELETE", "paths", "/transfers/**");
        addRule(document, "handled", "denyHandler", "sorry");
        addRule(document, "mcp", ToolRule.with());
        addRule(document, "pages", "denyHandler", "web-403", "requestedExpiry", "60");
        document.component(
                "ciba-rejection-handler",
                "name",
                "sorry",
                "status",
                "451",
                "contentType",
                "text/html",
                "template",
                "<p>${method} ${path}: ${message}</p>");
    }

    private void addRule(RealmDocument document, String name, String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = "gateway";
        all[1] = kind.family();
        System.arraycopy(settings, 0, all, 2, settings.length);
        Bank.rule(document, name, all);
    }

    @BeforeAll
    void openTheBank() {
        kind.program();
        api = Api.start();
        alice = Bank.tokenOf(realm, "alice");
    }

    @AfterAll
    void closeTheBank() {
        gateways.values().forEach(RunningGateway::close);
        if (api != null) {
            api.close();
        }
    }

    final ApiCall transfer(String rule) {
        return ApiCall.transfer(gateway(rule), alice, newPath());
    }

    final ApiCall call(String rule, String method, String uri) {
        return transfer(rule).withMethod(method).withUri(uri).without("Content-Digest");
    }

    static String newPath() {
        return "/transfers/" + UUID.randomUUID();
    }

    final URI gateway(String rule) {
        return gateways.computeIfAbsent(
                        rule,
                        name ->
                                RunningGateway.start(
                                        kind,
                                        api.url(),
                                        realm.server().baseUrl(),
                                        realm.name(),
                                        name))
                .url();
    }

    /** Each call has a path of its own. */
    final List<Api.Arrival> arrivals(ApiCall call) {
        return api.arrivals(call.uri().substring(call.uri().lastIndexOf('/') + 1));
    }

    final ReceivedMail mailOf(ApiCall call) {
        return mailAbout(call.uri());
    }

    final ReceivedMail mailAbout(String path) {
        return realm.mailbox().await(mail -> mail.text().contains(path), SOON);
    }

    static Answer status(Answer pending) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(URI.create(pending.header("Location"))).build());
    }

    final RSAKey key(String id) throws Exception {
        Answer keys =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(realm.url("/protocol/openid-connect/certs"))
                                .build());
        return JWKSet.parse(keys.body()).getKeyByKeyId(id).toRSAKey();
    }
}

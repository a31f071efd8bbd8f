// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.fapi;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.ClientCertificate;
import io.github.cibapack.it.server.HttpsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.UUID;

/** A relying party that keeps FAPI-CIBA's rules, and can be told to break one. */
final class FapiClient {

    static final String NOTIFICATION_TOKEN = "4bb1b6a4-0ac8-4d56-9f2e-6a2b2c1f";

    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final RealmFixture realm;
    private final FapiVariant variant;
    private final FapiKeys keys;
    private final ClientCertificate certificate;
    private final HttpClient http;

    FapiClient(
            RealmFixture realm, FapiVariant variant, FapiKeys keys, ClientCertificate certificate) {
        this.realm = realm;
        this.variant = variant;
        this.keys = keys;
        this.certificate = certificate;
        this.http = HttpsServer.http(certificate.context());
    }

    /** The same client at other endpoints. */
    FapiClient at(FapiVariant other) {
        return new FapiClient(realm, other, keys, certificate);
    }

    ClientCertificate certificate() {
        return certificate;
    }

    FapiKeys keys() {
        return keys;
    }

    /** Connections that show this client's certificate. */
    HttpClient http() {
        return http;
    }

    String issuer() {
        return HttpsServer.https(realm.url("")).toString();
    }

    URI startEndpoint() {
        return endpoint(
                variant.documented()
                        ? "/as/cibaAuthorization"
                        : "/protocol/openid-connect/ext/ciba/auth");
    }

    URI tokenEndpoint() {
        return endpoint(variant.documented() ? "/as/token" : "/protocol/openid-connect/token");
    }

    URI endpoint(String path) {
        return HttpsServer.https(realm.url(path));
    }

    /** A message that Keycloak's endpoint allows as well, and that no other request has. */
    static String message() {
        return "M" + UUID.randomUUID().toString().substring(0, 13);
    }

    /** A sound request for the user, to be signed. */
    JWTClaimsSet.Builder claims(String message) {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(variant.clientId())
                        .audience(issuer())
                        .issueTime(in(Duration.ZERO))
                        .notBeforeTime(in(Duration.ZERO))
                        .expirationTime(in(Duration.ofMinutes(5)))
                        .jwtID(UUID.randomUUID().toString())
                        .claim("scope", "openid")
                        .claim("login_hint", FapiRealm.USER)
                        .claim("binding_message", message);
        return variant.ping()
                ? claims.claim("client_notification_token", NOTIFICATION_TOKEN)
                : claims;
    }

    static Date in(Duration ahead) {
        return Date.from(Instant.now().plus(ahead));
    }

    String sign(JWTClaimsSet claims) {
        return keys.sign(claims, variant.algorithm());
    }

    /** Starts a sound request with this message. */
    Answer start(String message) {
        return start(claims(message).build());
    }

    Answer start(JWTClaimsSet claims) {
        return send(startEndpoint(), Form.of("request", sign(claims)));
    }

    Answer poll(String authReqId) {
        return send(tokenEndpoint(), pollOf(authReqId));
    }

    static Form pollOf(String authReqId) {
        return Form.of("grant_type", RelyingParty.GRANT_TYPE, "auth_req_id", authReqId);
    }

    /** With this client's credentials, over connections with its certificate. */
    Answer send(URI endpoint, Form parameters) {
        return post(http, endpoint, parameters.and(credentials()));
    }

    Form credentials() {
        return variant.mtls() ? clientIdOnly() : assertion(keys, variant.algorithm());
    }

    Form clientIdOnly() {
        return Form.of("client_id", variant.clientId());
    }

    /** {@code private_key_jwt} for this client, with any key. */
    Form assertion(FapiKeys key, String algorithm) {
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .issuer(variant.clientId())
                        .subject(variant.clientId())
                        .audience(issuer())
                        .issueTime(in(Duration.ZERO))
                        .expirationTime(in(Duration.ofMinutes(1)))
                        .jwtID(UUID.randomUUID().toString())
                        .build();
        return Form.of("client_assertion_type", ASSERTION_TYPE)
                .and("client_assertion", key.sign(claims, algorithm));
    }

    static Answer post(HttpClient connections, URI endpoint, Form form) {
        return RelyingParty.exchange(
                connections,
                HttpRequest.newBuilder(endpoint)
                        .timeout(TIME_LIMIT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.encoded()))
                        .build());
    }

    /** Waits for the mail of a request and presses a button of its page. */
    void decide(String message, String decision) {
        ReceivedMail mail = realm.mailbox().await(found -> found.mentions(message), TIME_LIMIT);
        Answer page = ApprovalForm.decide(mail.magicLink(), decision, http);
        if (page.status() != 200) {
            throw new AssertionError("The page answered " + page.status());
        }
    }

    /** OpenID Connect Core §3.1.3.7, with the one algorithm that the client has registered. */
    JWTClaimsSet verified(String idToken) {
        Answer keySet =
                RelyingParty.exchange(
                        http,
                        HttpRequest.newBuilder(endpoint("/protocol/openid-connect/certs")).build());
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        variant.clientId(),
                        new JWTClaimsSet.Builder().issuer(issuer()).build(),
                        Set.of("sub", "exp", "iat", "auth_time")));
        try {
            processor.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(
                            JWSAlgorithm.parse(variant.algorithm()),
                            new ImmutableJWKSet<>(JWKSet.parse(keySet.body()))));
            return processor.process(idToken, null);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new AssertionError("Not a valid ID token: " + e.getMessage(), e);
        }
    }
}

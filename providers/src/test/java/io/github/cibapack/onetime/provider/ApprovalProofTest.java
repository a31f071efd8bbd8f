// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApprovalProofTest {
    private static final String ISSUER = "https://op.example";
    private static final String CLIENT = "bank";
    private static final String KEY_ID = "key";
    private static final RemoteRequest REQUEST =
            new RemoteRequest(
                    ISSUER, CLIENT, "id", ISSUER + "/token", ISSUER + "/keys", "Pay 50 EUR");

    private static RSAKey key;
    private static RSAKey foreignKey;

    @BeforeAll
    static void keys() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID(KEY_ID).generate();
        foreignKey = new RSAKeyGenerator(2048).keyID(KEY_ID).generate();
    }

    @Test
    void tokenOfTheProviderProvesTheApproval() throws Exception {
        GrantedApproval approval = verified(signed(claims().build(), key));

        assertThat(approval.subject()).isEqualTo("alice");
        assertThat(approval.authReqId()).isEqualTo("id");
        assertThat(approval.bindingMessage()).hasValue("Pay 50 EUR");
    }

    @Test
    void tokenOfAnotherKeyProvesNothing() throws Exception {
        refused(signed(claims().build(), foreignKey));
    }

    @Test
    void tokenOfAnotherIssuerProvesNothing() throws Exception {
        refused(signed(claims().issuer("https://evil.example").build(), key));
    }

    @Test
    void tokenForAnotherClientProvesNothing() throws Exception {
        refused(signed(claims().audience("another").build(), key));
    }

    /** OpenID Connect Core §3.1.3.7, 3 to 5. */
    @Test
    void tokenForOthersTooProvesNothing() throws Exception {
        refused(signed(claims().audience(List.of(CLIENT, "another")).build(), key));
        refused(
                signed(
                        claims().audience(List.of(CLIENT, "another")).claim("azp", CLIENT).build(),
                        key));
        refused(signed(claims().claim("azp", "another").build(), key));
        refused(signed(claims().claim("azp", List.of("another")).build(), key));
        refused(signed(claims().claim("azp", 7).build(), key));
    }

    @Test
    void tokenOfTheClientAloneProvesTheApproval() throws Exception {
        assertThat(verified(signed(claims().claim("azp", CLIENT).build(), key)).subject())
                .isEqualTo("alice");
    }

    @Test
    void anySubjectIsTakenAsItIsAndNoneThatIsTooLong() throws Exception {
        assertThat(verified(signed(claims().subject("al\r\nice").build(), key)).subject())
                .isEqualTo("al\r\nice");
        refused(signed(claims().subject("a".repeat(256)).build(), key));
    }

    @Test
    void expiredTokenProvesNothing() throws Exception {
        refused(signed(claims().expirationTime(secondsFromNow(-3600)).build(), key));
    }

    @Test
    void tokenWithoutASignatureProvesNothing() {
        refused(new PlainJWT(claims().build()).serialize());
    }

    /** The public key is no secret: who took it for one could be fooled by anybody. */
    @Test
    void tokenWithASecretInPlaceOfAKeyProvesNothing() throws Exception {
        refused(
                signed(
                        claims().build(),
                        JWSAlgorithm.HS256,
                        new MACSigner(key.toRSAPublicKey().getEncoded())));
    }

    @Test
    void whatIsNoTokenProvesNothing() {
        refused("");
        refused("a.b.c");
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(CLIENT)
                .subject("alice")
                .issueTime(secondsFromNow(0))
                .expirationTime(secondsFromNow(60));
    }

    private static Date secondsFromNow(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String signed(JWTClaimsSet claims, RSAKey with) throws JOSEException {
        return signed(claims, JWSAlgorithm.RS256, new RSASSASigner(with));
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer)
            throws JOSEException {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(KEY_ID).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static void refused(String token) {
        assertThatThrownBy(() -> verified(token)).isInstanceOf(ParseException.class);
    }

    private static GrantedApproval verified(String token) throws Exception {
        HTTPRequestSender publishing =
                new HTTPRequestSender() {
                    @Override
                    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) {
                        HTTPResponse response = new HTTPResponse(200);
                        response.setBody(new JWKSet(key.toPublicJWK()).toString());
                        return response;
                    }
                };
        return new ApprovalProof(new Issuer(ISSUER), new ClientID(CLIENT), publishing)
                .verify(REQUEST, token);
    }
}

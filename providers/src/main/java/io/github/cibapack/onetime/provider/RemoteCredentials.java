// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PKITLSClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.github.cibapack.jwt.RealmKeys;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.rule.CredentialsType;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.outbound.OutboundClient;
import java.security.PrivateKey;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;

/** The rule's client at another token provider: how it proves itself, and over which connection. */
final class RemoteCredentials {

    private final KeycloakSession session;
    private final OneTimeRule rule;
    private final ClientID clientId;

    RemoteCredentials(KeycloakSession session, OneTimeRule rule) {
        this.session = session;
        this.rule = rule;
        this.clientId = new ClientID(rule.clientId());
    }

    ClientID clientId() {
        return clientId;
    }

    boolean isMutualTls() {
        return rule.get(OneTimeRuleFactory.CREDENTIALS_TYPE) == CredentialsType.MUTUAL_TLS;
    }

    /** Made anew for each call: an assertion is good for one. */
    ClientAuthentication authentication(String issuer) {
        return switch (rule.get(OneTimeRuleFactory.CREDENTIALS_TYPE)) {
            case SECRET ->
                    new ClientSecretBasic(
                            clientId,
                            new Secret(rule.get(OneTimeRuleFactory.CLIENT_SECRET).orElseThrow()));
            // the certificate is the connection's
            case MUTUAL_TLS -> new PKITLSClientAuthentication(clientId, (SSLSocketFactory) null);
            case PRIVATE_KEY_JWT -> assertion(issuer);
        };
    }

    private PrivateKeyJWT assertion(String issuer) {
        KeyWrapper key = key();
        try {
            return new PrivateKeyJWT(
                    new JWTAuthenticationClaimsSet(clientId, new Audience(issuer)),
                    JWSAlgorithm.parse(key.getAlgorithmOrDefault()),
                    (PrivateKey) key.getPrivateKey(),
                    key.getKid(),
                    null);
        } catch (JOSEException e) {
            throw new IllegalStateException("The realm's key cannot sign an assertion", e);
        }
    }

    OutboundClient connection() {
        if (!isMutualTls()) {
            return OutboundClient.of(session);
        }
        KeyWrapper key = key();
        return OutboundClient.of(session, (PrivateKey) key.getPrivateKey(), key.getCertificate());
    }

    private KeyWrapper key() {
        RealmKeys keys = new RealmKeys(session);
        Optional<String> name = rule.get(OneTimeRuleFactory.KEY_PAIR);
        Optional<KeyWrapper> key =
                name.isEmpty() ? Optional.of(keys.active()) : keys.named(name.get());
        if (key.isEmpty()) {
            throw RefusedCheckException.unavailable("The rule's key pair cannot be used.");
        }
        return key.get();
    }
}

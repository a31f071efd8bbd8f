// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeyLengthException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import io.github.cibapack.audit.Redacted;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.text.LogLine;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.authentication.authenticators.client.JWTClientSecretAuthenticator;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.keys.PublicKeyStorageUtils;
import org.keycloak.keys.loader.ClientPublicKeyLoader;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSecretConstants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCClientSecretConfigWrapper;

/**
 * Chooses what a hint token is verified with, by who made it and by an explicit list of algorithms:
 * a client that proves itself with its secret signs with the secret, one that proves itself with a
 * key signs with that key, and an issuer that the client's or its policy's settings name signs with
 * a key from the address named there. Of the token, only the {@code kid} takes part in the choice.
 */
final class HintTokenKeys {
    private static final Logger LOG = Logger.getLogger(HintTokenKeys.class);
    private static final Set<JWSAlgorithm> WITH_SECRET =
            Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);
    private static final Set<JWSAlgorithm> WITH_KEY =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512,
                    JWSAlgorithm.EdDSA);
    private static final Set<String> SECRET_CLIENTS =
            Set.of(
                    ClientIdAndSecretAuthenticator.PROVIDER_ID,
                    JWTClientSecretAuthenticator.PROVIDER_ID);
    private static final Set<String> KEY_CLIENTS =
            Set.of(JWTClientAuthenticator.PROVIDER_ID, X509ClientAuthenticator.PROVIDER_ID);

    private final KeycloakSession session;
    private final ClientModel client;
    private final Optional<CibaPolicy> policy;

    HintTokenKeys(KeycloakSession session, ClientModel client, Optional<CibaPolicy> policy) {
        this.session = session;
        this.client = client;
        this.policy = policy;
    }

    /**
     * The verifiers of which one must verify.
     *
     * @throws HintRefusedException if this client has none for such a token
     */
    List<JWSVerifier> verifiers(String issuer, JWSHeader header) {
        if (issuer.equals(client.getClientId())) {
            return byClient(header);
        }
        String jwksUri = TrustedIssuers.of(policy, client).get(issuer);
        if (jwksUri == null) {
            throw HintFailure.ISSUER_NOT_TRUSTED.refused();
        }
        requireAlgorithm(WITH_KEY, header);
        String modelKey = IssuerKeyLoader.modelKey(session.getContext().getRealm(), jwksUri);
        return byKey(header, stored(modelKey, header, new IssuerKeyLoader(session, jwksUri)));
    }

    private List<JWSVerifier> byClient(JWSHeader header) {
        String authenticator = client.getClientAuthenticatorType();
        if (SECRET_CLIENTS.contains(authenticator)) {
            requireAlgorithm(WITH_SECRET, header);
            return bySecret(header);
        }
        if (!KEY_CLIENTS.contains(authenticator)) {
            throw HintFailure.ALGORITHM_NOT_ALLOWED.refused();
        }
        requireAlgorithm(WITH_KEY, header);
        String modelKey =
                PublicKeyStorageUtils.getClientModelCacheKey(
                        client.getRealm().getId(), client.getId());
        return byKey(header, stored(modelKey, header, new ClientPublicKeyLoader(session, client)));
    }

    private static void requireAlgorithm(Set<JWSAlgorithm> allowed, JWSHeader header) {
        if (!allowed.contains(header.getAlgorithm())) {
            throw HintFailure.ALGORITHM_NOT_ALLOWED.refused();
        }
    }

    /** The secret, and the one before it while Keycloak still accepts that (secret rotation). */
    private List<JWSVerifier> bySecret(JWSHeader header) {
        OIDCClientSecretConfigWrapper secrets =
                OIDCClientSecretConfigWrapper.fromClientModel(client);
        List<String> usable = new ArrayList<>();
        if (!secrets.isClientSecretExpired()) {
            Optional.ofNullable(client.getSecret()).map(this::plain).ifPresent(usable::add);
        }
        if (secrets.hasRotatedSecret() && !secrets.isClientRotatedSecretExpired()) {
            usable.add(plain(client.getAttribute(ClientSecretConstants.CLIENT_ROTATED_SECRET)));
        }
        if (usable.isEmpty()) {
            throw HintFailure.KEY_NOT_FOUND.refused();
        }
        return usable.stream().map(secret -> byMac(header, secret)).toList();
    }

    /** What the vault has for a secret that names an entry of it. */
    private String plain(String secret) {
        return session.vault().getStringSecret(secret).get().orElse(secret);
    }

    private static JWSVerifier byMac(JWSHeader header, String secret) {
        try {
            MACVerifier verifier = new MACVerifier(secret.getBytes(StandardCharsets.UTF_8));
            if (!verifier.supportedJWSAlgorithms().contains(header.getAlgorithm())) {
                throw HintFailure.SECRET_TOO_SHORT.refused();
            }
            return verifier;
        } catch (KeyLengthException e) {
            throw HintFailure.SECRET_TOO_SHORT.refused();
        } catch (JOSEException e) {
            throw HintFailure.KEY_NOT_FOUND.refused();
        }
    }

    private static List<JWSVerifier> byKey(JWSHeader header, KeyWrapper found) {
        if (found == null || !(found.getPublicKey() instanceof PublicKey key)) {
            throw HintFailure.KEY_NOT_FOUND.refused();
        }
        try {
            return List.of(
                    header.getAlgorithm().equals(JWSAlgorithm.EdDSA)
                            ? new EdDsaVerifier(key)
                            : new DefaultJWSVerifierFactory().createJWSVerifier(header, key));
        } catch (JOSEException e) {
            // a key of another kind than the algorithm needs
            throw HintFailure.KEY_NOT_FOUND.refused();
        }
    }

    /** Keycloak's key storage: cached, and fetched anew for a kid that it does not know. */
    private KeyWrapper stored(String modelKey, JWSHeader header, PublicKeyLoader loader) {
        try {
            return session.getProvider(PublicKeyStorageProvider.class)
                    .getPublicKey(
                            modelKey, header.getKeyID(), header.getAlgorithm().getName(), loader);
        } catch (RuntimeException e) {
            LOG.warnf(
                    Redacted.of(e),
                    "The keys for hint tokens of client '%s' cannot be loaded",
                    LogLine.of(client.getClientId()));
            throw HintFailure.KEY_NOT_FOUND.refused();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clients;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretJWT;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.github.cibapack.it.realm.DemoKeys;
import io.github.cibapack.it.realm.RealmFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;

/** Both pairs of endpoints, found in the discovery document below their path. */
enum At {
    DOCUMENTED("/as"),
    KEYCLOAK("");

    private final String path;

    At(String path) {
        this.path = path;
    }

    /** A client of the realm's document, with the method that it is registered for. */
    NimbusRelyingParty client(RealmFixture realm, String client) {
        OIDCProviderMetadata metadata = metadata(realm);
        return new NimbusRelyingParty(
                metadata,
                () ->
                        credentials(
                                client,
                                new Secret(realm.secretOf(client)),
                                metadata.getTokenEndpointURI()));
    }

    OIDCProviderMetadata metadata(RealmFixture realm) {
        try {
            return OIDCProviderMetadata.resolve(
                    new Issuer(realm.url("")), realm.url(path).toURL(), 10_000, 10_000);
        } catch (GeneralException | MalformedURLException e) {
            throw new AssertionError("Not a discovery document", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClientAuthentication credentials(String client, Secret secret, URI audience) {
        ClientID id = new ClientID(client);
        try {
            return switch (client) {
                case "gas-pump-private-key" ->
                        new PrivateKeyJWT(
                                id,
                                audience,
                                JWSAlgorithm.ES256,
                                DemoKeys.gasPump().toPrivateKey(),
                                DemoKeys.gasPump().getKeyID(),
                                null);
                case "gas-pump-secret-jwt" ->
                        new ClientSecretJWT(id, audience, JWSAlgorithm.HS256, secret);
                case "gas-pump-post", "without-grant" -> new ClientSecretPost(id, secret);
                default -> new ClientSecretBasic(id, secret);
            };
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerEndpointMetadata;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** Where another token provider is called: who shows a certificate may have to call elsewhere. */
final class RemoteEndpoints {
    private final OIDCProviderMetadata provider;
    private final Optional<AuthorizationServerEndpointMetadata> aliases;

    /**
     * The endpoints of a discovery document.
     *
     * @param mutualTls whether the aliases of RFC 8705 §5 count
     */
    RemoteEndpoints(OIDCProviderMetadata provider, boolean mutualTls) {
        this.provider = provider;
        this.aliases =
                Optional.<AuthorizationServerEndpointMetadata>ofNullable(
                                provider.getMtlsEndpointAliases())
                        .filter(any -> mutualTls);
    }

    URI backchannel() throws ParseException {
        return endpoint(
                AuthorizationServerEndpointMetadata::getBackChannelAuthenticationEndpointURI,
                "The provider does not speak CIBA");
    }

    URI token() throws ParseException {
        return endpoint(
                AuthorizationServerEndpointMetadata::getTokenEndpointURI,
                "The provider has no token endpoint");
    }

    private URI endpoint(Function<AuthorizationServerEndpointMetadata, URI> which, String otherwise)
            throws ParseException {
        return aliases.map(which)
                .or(() -> Optional.ofNullable(which.apply(provider)))
                .orElseThrow(() -> new ParseException(otherwise));
    }
}

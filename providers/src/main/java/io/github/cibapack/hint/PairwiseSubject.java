// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.oidc.mappers.AbstractPairwiseSubMapper;
import org.keycloak.protocol.oidc.mappers.PairwiseSubMapperHelper;
import org.keycloak.protocol.oidc.utils.PairwiseSubMapperUtils;

/**
 * The pairwise subject of a user at a client (OpenID Connect Core §8.1), computed by Keycloak's
 * mapper.
 */
final class PairwiseSubject {
    private final KeycloakSession session;
    private final ClientModel client;
    private final Optional<ProtocolMapperModel> mapping;

    PairwiseSubject(KeycloakSession session, ClientModel client) {
        this.session = session;
        this.client = client;
        this.mapping =
                client.getProtocolMappersStream()
                        .filter(
                                mapper ->
                                        mapper.getProtocolMapper()
                                                .endsWith(
                                                        AbstractPairwiseSubMapper
                                                                .PROVIDER_ID_SUFFIX))
                        .findFirst();
    }

    /** Whether the client's tokens hold pairwise subjects. */
    boolean isUsed() {
        return mapping.isPresent();
    }

    String of(UserModel user) {
        ProtocolMapperModel model = mapping.orElseThrow();
        AbstractPairwiseSubMapper mapper =
                (AbstractPairwiseSubMapper)
                        session.getKeycloakSessionFactory()
                                .getProviderFactory(
                                        ProtocolMapper.class, model.getProtocolMapper());
        return mapper.generateSub(model, sector(model), user.getId());
    }

    private String sector(ProtocolMapperModel model) {
        String uri = PairwiseSubMapperHelper.getSectorIdentifierUri(model);
        return uri != null && !uri.isEmpty()
                ? PairwiseSubMapperUtils.resolveValidSectorIdentifier(uri)
                : PairwiseSubMapperUtils.resolveValidSectorIdentifier(
                        client.getRootUrl(), client.getRedirectUris());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.details.DetailsMetadata;
import io.github.cibapack.details.GrantedDetails;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.RealmSettingsTabFactory;
import io.github.cibapack.policy.UserCodeParameter;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.representations.MTLSEndpointAliases;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;
import org.keycloak.util.JsonSerialization;

/**
 * What a discovery document says of the {@code as} endpoints (CIBA Core §4). Both endpoints stand
 * there together: a request that was started at one of them can only be redeemed at the other.
 * Delivery modes and signing algorithms are Keycloak's, whose code reads the requests.
 */
final class CibaMetadata {

    private static final Logger LOG = Logger.getLogger(CibaMetadata.class);

    /** No specification names these; their names follow CIBA Core §4. */
    private static final String CANCEL = "backchannel_authentication_cancellation_endpoint";

    private static final String STATUS = "backchannel_authentication_status_endpoint";

    private final RealmModel realm;
    private final String base;
    private final boolean hidesUsers;

    CibaMetadata(KeycloakSession session) {
        this.realm = session.getContext().getRealm();
        this.hidesUsers = new CibaPolicies(realm).realmHidesUsers();
        // the base of Keycloak's own token_endpoint
        this.base =
                Urls.realmIssuer(
                                session.getContext().getUri(UrlType.BACKEND).getBaseUri(),
                                realm.getName())
                        + '/'
                        + AsResourceProviderFactory.PROVIDER_ID;
    }

    /** Whether the realm wants the endpoints in its own document. */
    static boolean isAdvertisedBy(RealmModel realm) {
        String value =
                Optional.ofNullable(realm.getAttribute(RealmSettingsTabFactory.ADVERTISE))
                        .orElse("")
                        .trim();
        if (!value.isEmpty() && !"true".equals(value) && !"false".equals(value)) {
            LOG.errorf(
                    "Realm %s: the attribute %s must be 'true' or 'false'; nothing is advertised",
                    realm.getName(), RealmSettingsTabFactory.ADVERTISE);
        }
        return "true".equals(value);
    }

    OIDCConfigurationRepresentation putInto(Object document) {
        OIDCConfigurationRepresentation config = representation(document);
        String token = base + "/token";
        String start = base + "/cibaAuthorization";
        config.setTokenEndpoint(token);
        config.setBackchannelAuthenticationEndpoint(start);
        MTLSEndpointAliases aliases = config.getMtlsEndpointAliases();
        if (aliases != null) {
            aliases.setTokenEndpoint(token);
            aliases.setBackchannelAuthenticationEndpoint(start);
        }
        config.setOtherClaims(CANCEL, base + "/cancel");
        if (!hidesUsers) {
            config.setOtherClaims(STATUS, base + "/status");
        }
        config.setOtherClaims("backchannel_idempotency_key_supported", true);
        config.setOtherClaims(
                "backchannel_user_code_parameter_supported", UserCodeParameter.SUPPORTED);
        if (GrantedDetails.areSupported()) {
            DetailsMetadata.addTo(config, realm);
        }
        // no document names it: how long a poll may ask to be held (CIBA Core §7.3, RFC 7240)
        config.setOtherClaims(
                "backchannel_long_polling_max_wait", PreferredWait.LONGEST.toSeconds());
        return config;
    }

    /** With an admin's override file a document may be a map. */
    private static OIDCConfigurationRepresentation representation(Object document) {
        return document instanceof OIDCConfigurationRepresentation config
                ? config
                : JsonSerialization.mapper.convertValue(
                        document, OIDCConfigurationRepresentation.class);
    }
}

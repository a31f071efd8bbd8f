// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.text.LogLine;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.util.JsonSerialization;

/**
 * The issuers, besides the client itself, whose hint tokens a client may send: those that the
 * client's own settings name, else those of the request's CIBA policy.
 */
final class TrustedIssuers {

    /** Client attribute: a JSON object from issuer to the URL of its JWKS. */
    static final String ATTRIBUTE = "ciba.login-hint-token.issuers";

    private static final Logger LOG = Logger.getLogger(TrustedIssuers.class);

    private TrustedIssuers() {}

    /** By issuer, the URL of its JWKS. */
    static Map<String, String> of(Optional<CibaPolicy> policy, ClientModel client) {
        String json = client.getAttribute(ATTRIBUTE);
        if (json == null || json.isBlank()) {
            return policy.map(own -> own.get(CibaPolicyFactory.TRUSTED_ISSUERS)).orElse(Map.of());
        }
        try {
            Map<String, String> issuers =
                    JsonSerialization.mapper.readValue(
                            json, new TypeReference<Map<String, String>>() {});
            return issuers == null ? Map.of() : issuers;
        } catch (JsonProcessingException e) {
            LOG.errorf(
                    "Client '%s': attribute '%s' is not a JSON object from issuer to JWKS URL; no"
                            + " issuer is trusted",
                    LogLine.of(client.getClientId()), ATTRIBUTE);
            return Map.of();
        }
    }
}

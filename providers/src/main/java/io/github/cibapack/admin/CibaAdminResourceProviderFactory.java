// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.health.Fitness;
import io.github.cibapack.health.Installation;
import io.github.cibapack.health.OutOfService;
import io.github.cibapack.health.StartUpCheck;
import io.github.cibapack.links.ServerLinks;
import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Registers the admin resources under {@code /admin/realms/{realm}/ciba}. */
public final class CibaAdminResourceProviderFactory
        implements AdminRealmResourceProviderFactory, ServerInfoAwareProviderFactory {
    public static final String PROVIDER_ID = "ciba";

    private static final String CHECKED_REALMS = "checkedRealms";
    private static final int USUALLY_CHECKED = 500;

    private int checkedRealms;
    private KeycloakSessionFactory sessions;
    private StartUpCheck startUpCheck;

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new AdminRealmResourceProvider() {
            @Override
            public Object getResource(
                    KeycloakSession current,
                    RealmModel realm,
                    AdminPermissionEvaluator auth,
                    AdminEventBuilder adminEvent) {
                return ServerLinks.here().areComplete()
                        ? new CibaAdminResource(current, realm, auth, adminEvent)
                        : new OutOfService(OutOfService.Reason.MISSING_LINKS);
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public void init(Config.Scope config) {
        checkedRealms = config.getInt(CHECKED_REALMS, USUALLY_CHECKED);
        if (checkedRealms < 0) {
            throw new IllegalArgumentException(
                    "Option '%s' of provider '%s' must be 0 or more"
                            .formatted(CHECKED_REALMS, PROVIDER_ID));
        }
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        sessions = factory;
        startUpCheck = new StartUpCheck(factory, checkedRealms);
    }

    /** For the server info page. */
    @Override
    public Map<String, String> getOperationalInfo() {
        return Installation.of(sessions).describe();
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(CHECKED_REALMS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(USUALLY_CHECKED)
                .helpText("Realms that are checked for contradictions after the start; 0 for none.")
                .add()
                .property()
                .name(Fitness.ACCEPT_UNSAFE_STORE)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .helpText(
                        "Serve requests although the server's store cannot tell who was first"
                                + " (CVE-2026-90997).")
                .add()
                .build();
    }

    @Override
    public void close() {
        if (startUpCheck != null) {
            startUpCheck.close();
        }
    }
}

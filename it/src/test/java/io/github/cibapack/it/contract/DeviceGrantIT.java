// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client that may use the device authorization grant as well, with which Keycloak's CIBA shares
 * its store, does not get around the checks of a poll by it.
 */
class DeviceGrantIT {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.addUser("driver");
                                realm.addUser("rider");
                                realm.addClient("kiosk", "kiosk-secret");
                                for (String client : List.of("gas-pump", "kiosk")) {
                                    realm.clientAttribute(
                                            client,
                                            "oauth2.device.authorization.grant.enabled",
                                            "true");
                                }
                            });

    private final RelyingParty pump = REALM.gasPump();

    @ParameterizedTest
    @CsvSource({"approve, ''", "deny, access_denied"})
    void decisionIsNotToldByTheDeviceGrant(String decision, String polled) {
        Answer started = pump.start("driver", "Pump 1").accepted();
        ApprovalForm.decide(REALM.linkOf(started), decision);

        assertUnknown(pump, started);
        assertUnknown(REALM.relyingParty("kiosk"), started);

        assertThat(pump.poll(started.authReqId()).error()).isEqualTo(polled);
    }

    @Test
    void pendingRequestIsUnknownToTheDeviceGrantAndKeepsItsPace() {
        Answer started = pump.start("rider", "Pump 2").accepted();

        assertUnknown(pump, started);
        assertUnknown(pump, started);

        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
        assertUnknown(pump, started);
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("slow_down");
    }

    private static void assertUnknown(RelyingParty client, Answer started) {
        Answer unknown = deviceGrant(client, "as." + UUID.randomUUID());
        assertThat(unknown.error()).as(unknown.body()).isEqualTo("invalid_grant");

        Answer answer = deviceGrant(client, "as." + started.authReqId());

        assertThat(answer.status()).isEqualTo(unknown.status());
        assertThat(answer.body()).isEqualTo(unknown.body());
    }

    private static Answer deviceGrant(RelyingParty client, String code) {
        return client.send(
                client.atKeycloakEndpoints().tokenEndpoint(),
                Form.of("grant_type", GRANT, "device_code", code));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Keycloak tells an admin of a policy that cannot be, by its own component validation. */
class PolicyValidationIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(realm -> realm.component("ciba-policy", "name", "taken", "version", "2"));

    static Stream<Arguments> contradictions() {
        return Stream.of(
                refused("Name (name) is required"),
                refused(
                        "Name (name) must be the only one: there is another name taken, version 2",
                        "name",
                        "taken",
                        "version",
                        "2"),
                refused(
                        "Longest lifetime (maxExpiresIn) must be at most 3600 without"
                                + " allowLongLived",
                        "name",
                        "long",
                        "maxExpiresIn",
                        "3601"),
                refused(
                        "Expires in (expiresIn) must be at most 3600 without allowLongLived",
                        "name",
                        "long",
                        "expiresIn",
                        "7200",
                        "maxExpiresIn",
                        "7200"),
                refused(
                        "Expires in (expiresIn) must not be more than maxExpiresIn",
                        "name",
                        "long",
                        "expiresIn",
                        "61",
                        "maxExpiresIn",
                        "60"),
                refused(
                        "HTTP channel URL (httpUrl) must begin with https:// in a realm without"
                                + " ciba.outbound.allow-http",
                        "name",
                        "plain",
                        "httpUrl",
                        "http://ask.example/"),
                refused(
                        "HTTP channel URL (httpUrl) must be a URL with a host and without user"
                                + " information",
                        "name",
                        "plain",
                        "httpUrl",
                        "https://user:pass@ask.example/"),
                refused(
                        "Trusted issuers (trustedIssuers) must begin with https:// in a realm"
                                + " without ciba.outbound.allow-http",
                        "name",
                        "plain",
                        "trustedIssuers",
                        "issuer http://issuer.example/jwks"),
                refused(
                        "Event webhook URL (webhookUrl) must begin with https:// in a realm without"
                                + " ciba.outbound.allow-http",
                        "name",
                        "plain",
                        "webhookUrl",
                        "http://hook.example/",
                        "webhookSecret",
                        "0123456789abcdef"),
                refused(
                        "Approval level (approvalLevel) needs approvalMode to be login",
                        "name",
                        "level",
                        "approvalLevel",
                        "gold"),
                refused(
                        "Variants (variants) can have an approvalLevel with approvalMode=login"
                                + " only: variant b",
                        "name",
                        "spread",
                        "variants",
                        "name=a weight=50",
                        "variants",
                        "name=b weight=50 approvalLevel=gold"),
                refused(
                        "Variants (variants) must have weights that sum to 100, not 90",
                        "name",
                        "spread",
                        "variants",
                        "name=a weight=50",
                        "variants",
                        "name=b weight=40"),
                refused(
                        "Schema version (schemaVersion) is 2, and this version of the pack reads"
                                + " up to 1: install a newer one",
                        "name",
                        "newer",
                        "schemaVersion",
                        "2"));
    }

    private static Arguments refused(String message, String... settings) {
        return Arguments.of(message, PolicyComponents.json(settings));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void contradictionIsRefusedByName(String message, ObjectNode policy) {
        Answer answer = create(policy);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("errorMessage")).isEqualTo(message);
    }

    @Test
    void policyWithEverythingIsTaken() {
        Answer created =
                create(
                        PolicyComponents.json(
                                "name", "everything",
                                "version", "7",
                                "schemaVersion", "1",
                                "channels", "email,http,inbox",
                                "httpUrl", "https://ask.example/",
                                "templates", "ciba",
                                "expiresIn", "7200",
                                "maxExpiresIn", "86400",
                                "allowLongLived", "true",
                                "interval", "5",
                                "allowedHints", "login_hint_token",
                                "trustedIssuers", "https://a.example https://a.example/jwks",
                                "approvalMode", "login",
                                "approvalLevel", "1",
                                "variants", "name=mail weight=50 templates=ciba",
                                "variants", "name=link weight=50 approvalMode=link"));

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        JsonNode config = REALM.admin().call("GET", path(created), null).json().path("config");
        assertThat(config.path("variants").size()).isEqualTo(2);
        assertThat(config.path("channels").get(0).asText()).isEqualTo("email,http,inbox");
    }

    @Test
    void versionOfItsOwnIsNoReasonToRefuseAnUpdate() {
        Answer created = create(PolicyComponents.json("name", "updated", "expiresIn", "60"));
        ObjectNode policy =
                (ObjectNode) REALM.admin().call("GET", path(created), null).json().deepCopy();
        policy.withObjectProperty("config").putArray("expiresIn").add("90");

        Answer updated = REALM.admin().call("PUT", path(created), policy);

        assertThat(updated.status()).as(updated.body()).isEqualTo(204);
        policy.withObjectProperty("config").putArray("name").add("taken");
        policy.withObjectProperty("config").putArray("version").add("2");
        assertThat(REALM.admin().call("PUT", path(created), policy).status()).isEqualTo(400);
    }

    private static Answer create(ObjectNode policy) {
        return REALM.admin().call("POST", "/" + REALM.name() + "/components", policy);
    }

    private static String path(Answer created) {
        String location = created.header("Location");
        return "/"
                + REALM.name()
                + "/components/"
                + location.substring(location.lastIndexOf('/') + 1);
    }
}

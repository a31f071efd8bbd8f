// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;

/** Keycloak's step-up: level 1 is the password, level 2 a passkey that is asked for each time. */
final class StepUpFlow {

    private static final String FLOW = "step-up";
    private static final String FORMS = "step-up-forms";

    private final RealmFixture realm;

    private StepUpFlow(RealmFixture realm) {
        this.realm = realm;
    }

    /**
     * Makes the flow the realm's browser flow.
     *
     * @param second the authenticator of the second level
     * @param reference what the claim {@code amr} calls it (RFC 8176)
     */
    static void install(RealmFixture realm, String second, String reference) {
        new StepUpFlow(realm).install(second, reference);
    }

    /**
     * Lets the client {@code gas-pump} ask for a login of level gold, and tell what it was made of.
     */
    static void prepare(RealmDocument realm) {
        realm.attribute("acr.loa.map", "{\"silver\":1,\"gold\":2}");
        Policies.add(realm, "gold", "approvalMode", "login", "approvalLevel", "gold");
        realm.clientAttribute("gas-pump", "ciba.policies", "gold");
        ObjectNode amr = realm.client("gas-pump").putArray("protocolMappers").addObject();
        amr.put("name", "amr")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-amr-mapper")
                .putObject("config")
                .put("id.token.claim", "true");
    }

    private void install(String second, String reference) {
        ObjectNode flow = Json.object();
        flow.put("alias", FLOW)
                .put("providerId", "basic-flow")
                .put("topLevel", true)
                .put("builtIn", false);
        post("/authentication/flows", flow);
        execution(FLOW, "auth-cookie", "ALTERNATIVE");
        subflow(FLOW, FORMS, "ALTERNATIVE");
        level("password", 1, 36000, "auth-username-password-form", "pwd");
        level("second", 2, 0, second, reference);
        realm.admin().updateRealm(realm.name(), whole -> whole.put("browserFlow", FLOW));
    }

    private void level(String name, int level, int maxAge, String authenticator, String reference) {
        subflow(FORMS, name, "CONDITIONAL");
        String condition = execution(name, "conditional-level-of-authentication", "REQUIRED");
        configure(
                condition,
                name + "-level",
                Json.object()
                        .put("loa-condition-level", String.valueOf(level))
                        .put("loa-max-age", String.valueOf(maxAge)));
        configure(
                execution(name, authenticator, "REQUIRED"),
                name + "-reference",
                Json.object()
                        .put("default.reference.value", reference)
                        .put("default.reference.maxAge", "36000"));
    }

    private void configure(String execution, String alias, ObjectNode values) {
        ObjectNode config = Json.object().put("alias", alias);
        config.set("config", values);
        post("/authentication/executions/" + execution + "/config", config);
    }

    private void subflow(String parent, String alias, String requirement) {
        ObjectNode flow = Json.object();
        flow.put("alias", alias)
                .put("type", "basic-flow")
                .put("provider", "registration-page-form")
                .put("description", "");
        post("/authentication/flows/" + parent + "/executions/flow", flow);
        require(parent, "displayName", alias, requirement);
    }

    private String execution(String parent, String provider, String requirement) {
        ObjectNode execution = Json.object();
        execution.put("provider", provider);
        post("/authentication/flows/" + parent + "/executions/execution", execution);
        return require(parent, "providerId", provider, requirement);
    }

    private String require(String flow, String member, String value, String requirement) {
        String path = "/authentication/flows/" + flow + "/executions";
        for (JsonNode found : call("GET", path, null).json()) {
            if (found.path(member).asText().equals(value)) {
                call("PUT", path, ((ObjectNode) found).put("requirement", requirement));
                return found.path("id").asText();
            }
        }
        throw new IllegalStateException("No " + value + " in flow " + flow);
    }

    private void post(String path, ObjectNode body) {
        call("POST", path, body);
    }

    private Answer call(String method, String path, JsonNode body) {
        Answer answer = realm.admin().call(method, "/" + realm.name() + path, body);
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
        return answer;
    }
}

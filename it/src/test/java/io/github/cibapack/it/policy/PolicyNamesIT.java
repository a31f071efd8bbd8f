// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a policy names must be there when it is saved; not so where a whole realm is imported. */
class PolicyNamesIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(PolicyNamesIT::prepare);

    /** Its policy names what is not there, and it was imported all the same. */
    private static void prepare(RealmDocument realm) {
        realm.component(
                "ciba-policy",
                "name",
                "imported",
                "notificationPolicy",
                "gone",
                "templates",
                "gone",
                "clients",
                "gone");
        realm.component("ciba-notification-policy", "name", "Olivia's {few}", "total", "5");
        realm.attribute("acr.loa.map", "{\"gold\":\"2\"}");
    }

    static Stream<Arguments> names() {
        return Stream.of(
                refused(
                        "Clients (clients) must name clients: there is no client 'gas-pumb'",
                        "clients",
                        "gas-pump",
                        "clients",
                        "gas-pumb"),
                refused(
                        "Clients (clients) must name clients: there is no client '{0} it''s'",
                        "clients", "{0} it''s"),
                refused(
                        "Notification policy (notificationPolicy) must be one of Olivia's {few},"
                                + " default",
                        "notificationPolicy",
                        "few"),
                refused(
                        "Templates (templates) must name templates: the realm's email theme does"
                                + " not have text/short-with-binding-message.ftl,"
                                + " text/short-without-binding-message.ftl,"
                                + " html/short-with-binding-message.ftl,"
                                + " html/short-without-binding-message.ftl",
                        "templates",
                        "short"),
                refused(
                        "Variants (variants) must name templates: the realm's email theme does"
                                + " not have text/short-with-binding-message.ftl,"
                                + " text/short-without-binding-message.ftl,"
                                + " html/short-with-binding-message.ftl,"
                                + " html/short-without-binding-message.ftl: variant b",
                        "variants",
                        "name=a weight=50",
                        "variants",
                        "name=b weight=50 templates=short"),
                refused(
                        "Approval level (approvalLevel) must be a number or an ACR that the realm"
                                + " or its login client maps to a level of authentication",
                        "approvalMode",
                        "login",
                        "approvalLevel",
                        "silver"));
    }

    private static Arguments refused(String message, String... settings) {
        String[] named =
                Stream.concat(Stream.of("name", "names"), Stream.of(settings))
                        .toArray(String[]::new);
        return Arguments.of(message, PolicyComponents.json(named));
    }

    @ParameterizedTest
    @MethodSource("names")
    void nameOfNothingIsRefused(String message, ObjectNode policy) {
        Answer answer = call("POST", "", policy);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("errorMessage")).isEqualTo(message);
    }

    @Test
    void namesOfWhatIsThereAreTaken() {
        Answer created =
                call(
                        "POST",
                        "",
                        PolicyComponents.json(
                                "name", "sound",
                                "clients", "gas-pump",
                                "clients", "gas-pump-post",
                                "notificationPolicy", "Olivia's {few}",
                                "templates", "ciba",
                                "approvalMode", "login",
                                "approvalLevel", "gold",
                                "variants", "name=a weight=100 templates=ciba"));

        assertThat(created.status()).as(created.body()).isEqualTo(201);
    }

    @Test
    void changeOfAPolicyThatNamesNothingIsRefusedUntilItDoes() {
        ObjectNode imported = null;
        for (var component : call("GET", "?providerId=ciba-policy", null).json()) {
            if (component.toString().contains("\"imported\"")) {
                imported = component.deepCopy();
            }
        }
        String path = "/" + imported.path("id").asText();

        Answer refused = call("PUT", path, imported);
        imported.withObjectProperty("config").putArray("notificationPolicy").add("");
        imported.withObjectProperty("config").putArray("templates").add("");
        imported.withObjectProperty("config").putArray("clients").add("gas-pump");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(call("PUT", path, imported).status()).isEqualTo(204);
    }

    private static Answer call(String method, String path, ObjectNode body) {
        return REALM.admin().call(method, "/" + REALM.name() + "/components" + path, body);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what: every call as every kind of admin. */
class PermissionsIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(PermissionsIT::prepare);

    @RegisterExtension
    static final RealmFixture OTHER = RealmFixture.fresh().with(PermissionsIT::prepare);

    private enum Need {
        LOOK,
        LOOK_AT_EVENTS,
        MANAGE_USERS,
        MANAGE_REALM
    }

    /**
     * A call.
     *
     * @param status of the answer to an admin who may
     */
    private record Call(Need need, String method, String path, JsonNode body, int status) {
        Answer by(AdminApi api) {
            return new AdminCalls(REALM, api).call(method, path, body);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /**
     * Somebody who calls.
     *
     * @param may what the caller may do
     * @param refusal the status of the answer where the caller may not
     */
    private record Caller(String name, Supplier<AdminApi> api, Set<Need> may, int refusal) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static void prepare(RealmDocument realm) {
        realm.addUser("asked");
        realm.addAdmin("realm-admin", "realm-admin");
        realm.addAdmin("looker", "view-realm", "view-users");
        realm.addAdmin("history-looker", "view-realm", "view-users", "view-events");
        realm.addAdmin("realm-looker", "view-realm");
        realm.addAdmin("user-looker", "view-users");
        realm.addAdmin("event-looker", "view-events");
        realm.addAdmin("user-manager", "manage-users");
        realm.addAdmin("realm-manager", "manage-realm");
        realm.addAdmin("nobody-special");
    }

    static Stream<Caller> callers() {
        return Stream.of(
                new Caller("master admin", REALM::admin, Set.of(Need.values()), 403),
                of("realm-admin", Need.values()),
                of("looker", Need.LOOK),
                of("history-looker", Need.LOOK, Need.LOOK_AT_EVENTS),
                of("realm-looker"),
                of("user-looker"),
                of("event-looker"),
                of("user-manager", Need.MANAGE_USERS),
                of("realm-manager", Need.MANAGE_REALM),
                of("nobody-special"),
                new Caller(
                        "admin of another realm",
                        () -> OTHER.adminAs("realm-admin"),
                        Set.of(),
                        403),
                new Caller("nobody", () -> AdminApi.withoutToken(REALM.server()), Set.of(), 401));
    }

    private static Caller of(String username, Need... may) {
        return new Caller(username, () -> REALM.adminAs(username), Set.of(may), 403);
    }

    @ParameterizedTest
    @MethodSource("callers")
    void everyCallAsksForItsPermission(Caller caller) {
        AdminApi api = caller.api().get();
        SoftAssertions softly = new SoftAssertions();
        for (Call call : calls()) {
            Answer answer = call.by(api);
            if (!caller.may().contains(call.need())) {
                softly.assertThat(answer.status()).as(call.toString()).isEqualTo(caller.refusal());
            } else if (call.path().equals("test-mail") && caller.name().equals("master admin")) {
                // may, and has no address to send it to
                softly.assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            } else {
                softly.assertThat(answer.status())
                        .as(call + " " + answer.body())
                        .isEqualTo(call.status());
            }
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("callers")
    void whoMayNotChangesNothing(Caller caller) {
        if (caller.may().contains(Need.MANAGE_USERS)) {
            return;
        }
        Answer started = REALM.gasPump().start("asked", "still there");
        new AdminCalls(REALM, caller.api().get())
                .post("requests/" + started.authReqId() + "/cancel");

        assertThat(REALM.gasPump().poll(started.authReqId()).isUndecided()).isTrue();
    }

    @Test
    void whatBelongsToAnotherRealmIsNotFound() {
        Answer started = OTHER.gasPump().start("asked", "elsewhere");
        String user = OTHER.userId("asked");
        String client = OTHER.admin().client(OTHER.name(), "gas-pump").path("id").asText();
        for (AdminApi api : List.of(REALM.admin(), REALM.adminAs("realm-admin"))) {
            AdminCalls admin = new AdminCalls(REALM, api);
            String request = "requests/" + started.authReqId();
            List<Answer> answers =
                    List.of(
                            admin.get("users/" + user + "/requests"),
                            admin.get("users/" + user + "/notification-counters"),
                            admin.call("DELETE", "users/" + user + "/notification-counters", null),
                            admin.get(request),
                            admin.get(request + "/history"),
                            admin.post(request + "/cancel"),
                            admin.post(request + "/resend"),
                            admin.get("clients/" + client + "/settings"));

            assertThat(answers).allMatch(answer -> answer.status() == 404);
        }
        assertThat(OTHER.gasPump().poll(started.authReqId()).isUndecided()).isTrue();
    }

    @Test
    void whoMayNotSeeUsersDoesNotLearnWhoExists() {
        AdminCalls admin = new AdminCalls(REALM, REALM.adminAs("realm-manager"));

        for (String id : List.of(REALM.userId("asked"), "no-such-user")) {
            assertThat(admin.get("users/" + id + "/requests").status()).isEqualTo(403);
            assertThat(
                            admin.call("DELETE", "users/" + id + "/notification-counters", null)
                                    .status())
                    .isEqualTo(403);
        }
        assertThat(admin.post("requests/no-such-request/cancel").status()).isEqualTo(403);
    }

    private static List<Call> calls() {
        String user = "users/" + REALM.userId("asked");
        String client = REALM.admin().client(REALM.name(), "gas-pump").path("id").asText();
        String cancelled = "requests/" + start();
        String resent = "requests/" + start();
        return List.of(
                look(user + "/requests"),
                look(user + "/notification-counters"),
                look(resent),
                new Call(Need.LOOK_AT_EVENTS, "GET", resent + "/history", null, 200),
                new Call(Need.LOOK_AT_EVENTS, "GET", "history", null, 200),
                look("clients/" + client + "/settings"),
                look("problems"),
                new Call(Need.MANAGE_USERS, "POST", resent + "/resend", null, 204),
                new Call(Need.MANAGE_USERS, "POST", cancelled + "/cancel", null, 204),
                new Call(Need.MANAGE_USERS, "DELETE", user + "/notification-counters", null, 204),
                new Call(
                        Need.MANAGE_USERS,
                        "PUT",
                        user + "/user-code",
                        Json.object().put("value", "4711"),
                        204),
                new Call(Need.MANAGE_USERS, "DELETE", user + "/user-code", null, 204),
                new Call(
                        Need.MANAGE_REALM,
                        "POST",
                        "test-mail",
                        Json.object().put("client", "gas-pump"),
                        200));
    }

    private static Call look(String path) {
        return new Call(Need.LOOK, "GET", path, null, 200);
    }

    private static String start() {
        Answer started = REALM.gasPump().start("asked", "Pump 4");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return started.authReqId();
    }
}

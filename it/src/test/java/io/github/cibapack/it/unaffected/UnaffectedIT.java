// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.unaffected;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A realm that has nothing to do with CIBA, on two servers that differ by the JAR alone: pages and
 * mails are the same to the byte, random values apart.
 */
class UnaffectedIT {

    /** Differ from one answer to the next, with or without the pack. */
    private static final Set<String> CHANGING_HEADERS =
            Set.of(
                    "date",
                    "message-id",
                    "received",
                    "content-type",
                    "content-length",
                    "set-cookie");

    @RegisterExtension static final RealmFixture WITH_PACK = realm().sharing(TwoServers::withPack);

    @RegisterExtension
    static final RealmFixture WITHOUT_PACK = realm().sharingUntouched(TwoServers::withoutPack);

    private static RealmFixture realm() {
        return RealmFixture.fresh()
                .with(
                        realm -> {
                            realm.named("other-realm");
                            realm.json().put("resetPasswordAllowed", true);
                            realm.json().put("registrationAllowed", true);
                            realm.json().remove("clients");
                        });
    }

    @Test
    void loginPageIsTheSame() {
        assertThat(same(realm -> new UserAgent().open(login(realm)).body()))
                .contains("name=\"username\"");
        assertThat(headers(new UserAgent().open(login(WITH_PACK)), WITH_PACK))
                .isEqualTo(headers(new UserAgent().open(login(WITHOUT_PACK)), WITHOUT_PACK));
    }

    @Test
    void loginPageIsTheSameInAnotherLanguage() {
        String page =
                same(
                        realm ->
                                new UserAgent()
                                        .open(URI.create(login(realm) + "&ui_locales=de"))
                                        .body());

        assertThat(page).contains("lang=\"de\"");
    }

    @Test
    void passwordResetIsTheSame() {
        ReceivedMail with = resetMail(WITH_PACK);
        ReceivedMail without = resetMail(WITHOUT_PACK);

        assertSameMail(with, without);
        assertThat(with.text()).contains("login-actions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE_PASSWORD", "VERIFY_EMAIL"})
    void mailOfAnActionIsTheSame(String action) {
        assertSameMail(actionMail(WITH_PACK, action), actionMail(WITHOUT_PACK, action));
    }

    @Test
    void discoveryDocumentIsTheSame() {
        assertThat(same(realm -> sorted(discovery(realm)).toString()))
                .contains("backchannel_authentication_endpoint");
    }

    @Test
    void unknownPathsAreAnsweredTheSame() {
        same(realm -> get(realm, "/no-such-path"));
        same(realm -> get(realm, "/protocol/openid-connect/token"));
        same(realm -> get(realm, "/account/no-such-path"));
    }

    @Test
    void realmWithoutCibaStoresNothingOfThePack() {
        ObjectNode with = WITH_PACK.admin().realm(WITH_PACK.name()).deepCopy();
        ObjectNode without = WITHOUT_PACK.admin().realm(WITHOUT_PACK.name()).deepCopy();

        assertThat(normalised(WITH_PACK, names(with)))
                .isEqualTo(normalised(WITHOUT_PACK, names(without)));
        assertThat(with.path("attributes")).isEqualTo(without.path("attributes"));
    }

    private static String names(ObjectNode realm) {
        Map<String, String> kinds = new TreeMap<>();
        realm.properties()
                .forEach(field -> kinds.put(field.getKey(), field.getValue().getNodeType().name()));
        return kinds.toString();
    }

    /** The same text of both servers; returns it. */
    private static String same(Function<RealmFixture, String> text) {
        String with = normalised(WITH_PACK, text.apply(WITH_PACK));
        assertThat(with).isEqualTo(normalised(WITHOUT_PACK, text.apply(WITHOUT_PACK)));
        return with;
    }

    private static JsonNode discovery(RealmFixture realm) {
        return RelyingParty.exchange(
                        HttpRequest.newBuilder(realm.url("/.well-known/openid-configuration"))
                                .timeout(Duration.ofSeconds(30))
                                .build())
                .json();
    }

    /** The order of its lists changes from start to start, with or without the pack. */
    private static JsonNode sorted(JsonNode document) {
        ObjectNode sorted = Json.object();
        document.properties()
                .forEach(
                        member -> {
                            List<String> values = new ArrayList<>();
                            member.getValue().forEach(value -> values.add(value.toString()));
                            Collections.sort(values);
                            sorted.put(
                                    member.getKey(),
                                    member.getValue().isArray()
                                            ? values.toString()
                                            : member.getValue().toString());
                        });
        return sorted;
    }

    private static String get(RealmFixture realm, String path) {
        Answer answer =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(realm.url(path))
                                .timeout(Duration.ofSeconds(30))
                                .build());
        return answer.status() + "\n" + headers(answer, realm) + "\n" + answer.body();
    }

    private static URI login(RealmFixture realm) {
        return URI.create(
                realm.url("/protocol/openid-connect/auth")
                        + "?client_id=account-console&response_type=code&scope=openid"
                        + "&redirect_uri="
                        + realm.url("/account/")
                        + "&code_challenge_method=S256"
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    /** "Forgot password", as a user goes there. */
    private static ReceivedMail resetMail(RealmFixture realm) {
        UserAgent alice = new UserAgent();
        URI login = login(realm);
        Answer form = alice.follow(login, alice.open(login), "reset-credentials");
        alice.submit(login, form, Form.of("username", "alice"));
        return realm.mailbox().await(mail -> mail.mentions("reset"), Duration.ofSeconds(20));
    }

    private static ReceivedMail actionMail(RealmFixture realm, String action) {
        int before = realm.mailbox().all().size();
        String path = "/" + realm.name() + "/users/" + realm.userId("alice");
        Answer sent =
                realm.admin()
                        .call(
                                "PUT",
                                path + "/execute-actions-email",
                                Json.MAPPER.createArrayNode().add(action));
        assertThat(sent.status()).as(sent.body()).isEqualTo(204);
        realm.mailbox()
                .await(mail -> realm.mailbox().all().size() > before, Duration.ofSeconds(20));
        return realm.mailbox().all().get(before);
    }

    private static void assertSameMail(ReceivedMail with, ReceivedMail without) {
        assertThat(with.subject()).isEqualTo(without.subject());
        assertThat(with.from()).isEqualTo(without.from());
        assertThat(with.to()).isEqualTo(without.to());
        assertThat(normalised(WITH_PACK, with.text()))
                .isEqualTo(normalised(WITHOUT_PACK, without.text()));
        assertThat(normalised(WITH_PACK, with.html()))
                .isEqualTo(normalised(WITHOUT_PACK, without.html()));
        assertThat(steady(with.headers())).isEqualTo(steady(without.headers()));
    }

    private static Map<String, String> headers(Answer answer, RealmFixture realm) {
        Map<String, String> headers = new TreeMap<>();
        answer.headers()
                .map()
                .forEach((name, values) -> headers.put(name, normalised(realm, "" + values)));
        return steady(headers);
    }

    private static Map<String, String> steady(Map<String, String> headers) {
        Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        kept.putAll(headers);
        kept.keySet().removeIf(name -> CHANGING_HEADERS.contains(name.toLowerCase(Locale.ROOT)));
        return kept;
    }

    /** Takes out what is random or differs by the server's address. */
    private static String normalised(RealmFixture realm, String text) {
        return text.replace(realm.server().baseUrl().toString(), "BASE")
                .replace(realm.server().baseUrl().getAuthority(), "HOST")
                .replaceAll("(key|token)=[A-Za-z0-9_.-]+", "$1=RANDOM")
                .replaceAll("(session_code|tab_id|client_data|execution)=[^&\"']*", "$1=RANDOM")
                .replaceAll("/resources/[a-z0-9]{5}/", "/resources/VERSION/")
                .replaceAll("startSessionPolling\\([^)]*\\)", "startSessionPolling()")
                .replaceAll("checkAuthSession\\([^)]*\\)", "checkAuthSession()")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID");
    }
}

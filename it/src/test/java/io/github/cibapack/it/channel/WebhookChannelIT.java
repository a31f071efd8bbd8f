// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server of the admin's is called, and tells the user. */
class WebhookChannelIT {
    private static final Receiver RECEIVER = Receiver.start();

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(WebhookChannelIT::prepare);

    @RegisterExtension
    static final RealmFixture GUARDED =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.attribute("ciba.outbound.allow-http", "true");
                                client(realm, "guarded", "webhook,email", "200");
                            });

    @RegisterExtension
    static final RealmFixture HIDING =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                Receiver.mayBeCalledBy(realm);
                                realm.attribute("ciba.hide-users", "true");
                                phone(realm, "hana", "+491700000009");
                                client(realm, "hiding", "webhook", "200");
                                client(realm, "hiding-dead", "webhook", "404");
                            });

    private static void prepare(RealmDocument realm) {
        Receiver.mayBeCalledBy(realm);
        phone(realm, "petra", "+491700000001");
        realm.user("petra").withObjectProperty("attributes").putArray("locale").add("de");
        phone(realm, "nils", "+491700000002");
        realm.user("nils").put("emailVerified", false);
        for (String user : List.of("otto", "rita", "sven", "tina", "theo", "tara", "paula")) {
            phone(realm, user, "+491700000003");
        }
        realm.addUser("phoneless");
        client(realm, "phone", "webhook,email", "200");
        client(realm, "phone-only", "webhook", "200");
        client(realm, "dead-only", "webhook", "404");
        client(realm, "wobbly", "webhook", "500-200");
        for (String answers : List.of("404", "302", "hang", "503")) {
            client(realm, "fails-" + answers, "webhook,email", answers);
        }
        client(realm, "one-message", "webhook,email", "404");
        realm.clientAttribute("one-message", "ciba.notification-policy", "one");
        realm.component("ciba-notification-policy", "name", "one", "total", "1");
    }

    static void phone(RealmDocument realm, String user, String number) {
        ObjectNode added = realm.addUser(user);
        added.withObjectProperty("attributes").putArray("phoneNumber").add(number);
    }

    static void client(RealmDocument realm, String name, String channels, String answers) {
        RECEIVER.addClient(
                realm,
                name,
                answers,
                "channels",
                channels,
                "webhookChannelAttributes",
                "phoneNumber");
    }

    @AfterAll
    static void stop() {
        RECEIVER.close();
    }

    @Test
    void callTellsAllThatAPersonMustKnowAndItsLinkDecides() {
        RelyingParty client = REALM.relyingParty("phone");

        Answer started = client.start("petra", "Zapfsäule 4: 50 €");
        Receiver.Call call = RECEIVER.awaitCallOf(started);

        assertThat(call.isGenuine()).isTrue();
        JsonNode told = call.json();
        assertThat(told.path("type").asText()).isEqualTo("ciba_request");
        assertThat(call.key()).isEqualTo('"' + told.path("id").asText() + '"');
        assertThat(told.path("realm").asText()).isEqualTo(REALM.name());
        assertThat(told.path("client_id").asText()).isEqualTo("phone");
        assertThat(told.path("client_name").asText()).isNotEmpty();
        assertThat(told.path("binding_message").asText()).isEqualTo("Zapfsäule 4: 50 €");
        assertThat(told.path("language").asText()).isEqualTo("de");
        assertThat(told.path("title").asText()).isNotEmpty();
        assertThat(told.path("text").asText()).contains("Zapfsäule 4: 50 €", call.link().getPath());
        assertThat(told.path("request_code").asText()).isNotEmpty();
        assertThat(told.path("expires_at").asLong() - told.path("created_at").asLong())
                .isEqualTo(started.json().path("expires_in").asLong());
        assertThat(told.path("user"))
                .isEqualTo(Json.parse("{\"attributes\":{\"phoneNumber\":[\"+491700000001\"]}}"));

        Trail trail = Trail.of(REALM, started);
        assertThat(trail.awaitDetails("sent").path("channel").asText()).isEqualTo("webhook");
        assertThat(client.status(started.authReqId()).text("channel")).isEqualTo("webhook");
        ApprovalForm.decide(call.link(), "approve");
        Answer tokens = client.pollUntilDecided(started);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(REALM.mailbox().all()).noneMatch(mail -> mail.mentions(started.authReqId()));
        assertThat(REALM.server().logs())
                .doesNotContain(Receiver.SECRET)
                .doesNotContain("+491700000001")
                .doesNotContain(call.link().getPath());
    }

    /** As the link of a mail is of no use where the address has changed. */
    @Test
    void approvalIsOfNoUseWhereTheNumberHasChangedSince() {
        letAdminsChangeAttributes();
        RelyingParty client = REALM.relyingParty("phone-only");
        Answer started = client.start("paula", "to the old number");
        URI link = RECEIVER.awaitCallOf(started).link();

        REALM.admin()
                .updateUser(
                        REALM.name(),
                        "paula",
                        user ->
                                user.withObjectProperty("attributes")
                                        .putArray("phoneNumber")
                                        .add("+491700000004"));
        ApprovalForm.decide(link, "approve");

        assertThat(client.pollUntilDecided(started).error()).isEqualTo("invalid_grant");
        assertThat(REALM.admin().events(REALM.name()))
                .extracting(event -> event.path("error").asText())
                .contains("address_changed");
    }

    private static void letAdminsChangeAttributes() {
        String profile = "/" + REALM.name() + "/users/profile";
        ObjectNode settings = (ObjectNode) REALM.admin().call("GET", profile, null).json();
        settings.put("unmanagedAttributePolicy", "ADMIN_EDIT");
        assertThat(REALM.admin().call("PUT", profile, settings).status()).isEqualTo(200);
    }

    @Test
    void whoHasNoAddressOfTheChannelIsReachedByTheNext() {
        Answer byMail = REALM.relyingParty("phone").start("phoneless", "by mail");
        Answer nobody = REALM.relyingParty("phone-only").start("phoneless", "not at all");
        Answer byPhone = REALM.relyingParty("phone").start("nils", "by phone");

        REALM.mailbox().awaitMailFor(byMail.authReqId());
        JsonNode requested = Trail.of(REALM, byMail).awaitDetails("requested");
        assertThat(requested.path("channel").asText()).isEqualTo("email");
        assertThat(requested.path("failed_channels").asText()).isEqualTo("webhook:no_address");
        assertThat(nobody.status()).as(nobody.body()).isEqualTo(403);
        assertThat(nobody.error()).isEqualTo("access_denied");
        RECEIVER.awaitCallOf(byPhone);
        assertThat(RECEIVER.callsOf(byMail)).isEmpty();
    }

    @Test
    void receiverInTroubleIsCalledAgainWithTheSameKey() {
        Answer started = REALM.relyingParty("wobbly").start("otto", "again");

        JsonNode sent = Trail.of(REALM, started).awaitDetails("sent");

        assertThat(sent.path("tries").asText()).isEqualTo("2");
        List<Receiver.Call> calls = RECEIVER.callsOf(started);
        assertThat(calls).hasSize(2).allMatch(Receiver.Call::isGenuine);
        assertThat(calls.get(0).key()).isEqualTo(calls.get(1).key());
    }

    @ParameterizedTest
    @CsvSource({
        "404, rita, status_404, 1",
        "302, sven, status_302, 1",
        "hang, tina, timed_out, 2",
        "503, theo, status_503, 10"
    })
    void receiverThatDoesNotTakeItGivesWayToEmail(
            String answers, String user, String reason, int mostCalls) {
        RelyingParty client = REALM.relyingParty("fails-" + answers);

        Answer started = client.start(user, "by mail then");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        REALM.mailbox().awaitMailFor(started.authReqId());

        Trail trail = Trail.of(REALM, started);
        JsonNode rerouted = trail.awaitDetails("rerouted");
        assertThat(rerouted.path("channel").asText()).isEqualTo("email");
        assertThat(rerouted.path("failed_channels").asText()).isEqualTo("webhook:" + reason);
        assertThat(trail.awaitDetails("sent").path("channel").asText()).isEqualTo("email");
        assertThat(RECEIVER.callsOf(started)).hasSizeBetween(1, mostCalls);
        assertThat(client.status(started.authReqId()).text("channel")).isEqualTo("email");
        assertThat(RECEIVER.callsAt("elsewhere")).isEmpty();
    }

    @Test
    void requestThatReachesNobodyEnds() {
        double before = failed();
        RelyingParty client = REALM.relyingParty("dead-only");

        Answer started = client.start("tara", "nobody hears");

        JsonNode details = Trail.of(REALM, started).awaitDetails("send_failed");
        assertThat(details.path("reason").asText()).isEqualTo("status_404");
        Answer poll = client.pollUntilDecided(started);
        assertThat(poll.error()).isEqualTo("access_denied");
        assertThat(poll.errorDescription()).contains("could not be delivered to the user");
        assertThat(failed()).isEqualTo(before + 1);
    }

    @Test
    void twoChannelsOfOneRequestAreOneMessageToThePerson() {
        RelyingParty client = REALM.relyingParty("one-message");

        Answer first = client.start("petra", "the one");
        REALM.mailbox().awaitMailFor(first.authReqId());
        Answer second = client.start("petra", "one too many");

        assertThat(RECEIVER.callsOf(first)).isNotEmpty();
        assertThat(second.status()).as(second.body()).isEqualTo(403);
    }

    @Test
    void guardedAddressIsNotCalled() {
        Answer started = GUARDED.relyingParty("guarded").start("alice", "inside");
        assertThat(started.status()).as(started.body()).isEqualTo(200);

        GUARDED.mailbox().awaitMailFor(started.authReqId());

        JsonNode requested = Trail.of(GUARDED, started).awaitDetails("requested");
        assertThat(requested.path("channel").asText()).isEqualTo("email");
        assertThat(RECEIVER.callsOf(started)).isEmpty();
    }

    @Test
    void hiddenUserLooksLikeOneWhoIsReachedAndNothingIsSent() {
        RelyingParty client = HIDING.relyingParty("hiding");
        Answer real = client.start("hana", "real");
        Answer nobody = client.start("nobody-of-that-name", "nobody");
        Answer phoneless = client.start("alice", "without a phone");
        Answer dead = HIDING.relyingParty("hiding-dead").start("hana", "not taken");

        RECEIVER.awaitCallOf(real);
        Trail.of(HIDING, dead).await("send_failed");

        for (Answer hidden : List.of(nobody, phoneless, dead)) {
            assertThat(hidden.status()).as(hidden.body()).isEqualTo(200);
            assertThat(hidden.json().fieldNames())
                    .toIterable()
                    .containsExactlyElementsOf(() -> real.json().fieldNames());
        }
        assertThat(client.poll(nobody.authReqId()).error()).isEqualTo("authorization_pending");
        assertThat(client.poll(phoneless.authReqId()).error()).isEqualTo("authorization_pending");
        assertThat(HIDING.relyingParty("hiding-dead").poll(dead.authReqId()).error())
                .isEqualTo("authorization_pending");
        assertThat(RECEIVER.callsOf(nobody)).isEmpty();
        assertThat(RECEIVER.callsOf(phoneless)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'channels': ['webhook']} | webhookChannelUrl",
                "{'channels': ['webhook'], 'webhookChannelUrl': ['https://a.example/']}"
                        + " | webhookChannelSecret",
                "{'webhookChannelUrl': ['ftp://a.example/']} | webhookChannelUrl",
                "{'webhookChannelSecret': ['short']} | webhookChannelSecret",
                "{'channels': ['email,inbox'], 'channelDelays': ['email=5']} | channelDelays",
                "{'channels': ['email,inbox'], 'channelDelays': ['http=5']} | channelDelays",
                "{'channels': ['email,inbox'], 'channelDelays': ['inbox']} | channelDelays",
                "{'channels': ['http,email'], 'channelDelays': ['email=5']} | channelDelays"
            })
    void policyThatCannotWorkIsRefusedWithTheFieldsName(String config, String field) {
        String body =
                "{\"providerId\": \"ciba-policy\", \"providerType\":"
                        + " \"org.keycloak.services.ui.extend.UiPageProvider\", \"config\": "
                        + config.replace('\'', '"').replaceFirst("\\{", "{\"name\": [\"bad\"], ")
                        + "}";

        Answer answer =
                REALM.admin().call("POST", "/" + REALM.name() + "/components", Json.parse(body));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("errorMessage")).contains(field);
    }

    private static double failed() {
        return Metrics.of(REALM.server())
                .value(
                        "ciba_messages_total",
                        "outcome=\"failed\"",
                        "channel=\"webhook\"",
                        "realm=\"" + REALM.name() + '"');
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Alice's phone: the receiver of the channel {@code webhook}, which rings at once; a mail follows
 * if she does not answer.
 */
final class Phone {
    static final String CLIENT = "demo-phone-pump";

    private static final String SECRET = "demo-phone-channel-secret";
    private static final String MAIL_AFTER = "email=15";
    private static final long FRESH_SECONDS = 300;

    /**
     * What the phone shows.
     *
     * @param id of the message
     * @param title who asks
     * @param message what is compared
     * @param link opens the page
     * @param at when it rang
     */
    record Ring(String id, String title, String message, String link, String at) {}

    private final Consumer<Ring> onRing;

    Phone(Consumer<Ring> onRing) {
        this.onRing = onRing;
    }

    /** The policy whose requests ring here, and a client that has it. */
    static void addTo(RealmDocument realm, int port) {
        realm.attribute("ciba.outbound.allow-http", "true");
        realm.attribute("ciba.outbound.allow-private", "true");
        realm.component(
                "ciba-policy",
                "name",
                "phone-then-mail",
                "channels",
                "webhook,email",
                "channelDelays",
                MAIL_AFTER,
                "webhookChannelUrl",
                "http://127.0.0.1:" + port + "/ring",
                "webhookChannelSecret",
                SECRET);
        realm.addClient(CLIENT, CLIENT + "-secret")
                .put("name", "Gas Pump 4")
                .withObjectProperty("attributes")
                .put("ciba.policies", "phone-then-mail");
    }

    /**
     * Rings.
     *
     * @return false for a call that is not the server's
     */
    boolean ring(String timestamp, String signature, String body) {
        if (!isGenuine(timestamp, signature, body)) {
            return false;
        }
        JsonNode told = Json.parse(body);
        onRing.accept(
                new Ring(
                        told.path("id").asText(),
                        told.path("title").asText(),
                        told.path("binding_message").asText(),
                        told.path("link").asText(),
                        Instant.now().toString()));
        return true;
    }

    private static boolean isGenuine(String timestamp, String signature, String body) {
        if (timestamp == null || signature == null || !timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        long age = Instant.now().getEpochSecond() - Long.parseLong(timestamp);
        byte[] expected =
                ("sha256=" + hmac(timestamp + "." + body)).getBytes(StandardCharsets.UTF_8);
        return Math.abs(age) < FRESH_SECONDS
                && MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users who approve at once: by the link of the mail that reaches them, or, without the pack, by
 * the token that Keycloak's HTTP channel sends along.
 */
final class Decisions {
    /** How the names of such users begin. */
    static final String USER = "approver-";

    private static final Pattern RECIPIENT = Pattern.compile("(?m)^To:.*?(" + USER + "[0-9]+)@");
    private static final String CALLBACK = "/protocol/openid-connect/ext/ciba/auth/callback";
    private static final long SECONDS = 60;

    private final Map<String, BlockingQueue<String>> reached = new ConcurrentHashMap<>();

    /** A mail as it came. */
    void mailed(String message) {
        Matcher recipient = RECIPIENT.matcher(message);
        if (recipient.find()) {
            of(recipient.group(1)).add(ReceivedMail.magicLinkOf(message).toString());
        }
    }

    /** A call of Keycloak's HTTP channel. */
    void called(String authorization, byte[] body) throws IOException {
        String user = Json.MAPPER.readTree(body).path("login_hint").asText();
        if (user.startsWith(USER)) {
            of(user).add(authorization);
        }
    }

    private BlockingQueue<String> of(String user) {
        return reached.computeIfAbsent(user, none -> new LinkedBlockingQueue<>());
    }

    /** The user approves the next request that reaches them. */
    Answer approve(String user, RelyingParty party) {
        String what = next(user);
        return what.startsWith("http")
                ? ApprovalForm.decide(URI.create(what), "approve")
                : RelyingParty.exchange(
                        HttpRequest.newBuilder(URI.create(party.issuer() + CALLBACK))
                                .header("Authorization", what)
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"status\":\"SUCCEED\"}"))
                                .build());
    }

    private String next(String user) {
        try {
            String what = of(user).poll(SECONDS, TimeUnit.SECONDS);
            if (what == null) {
                throw new IllegalStateException("Nothing has reached " + user);
            }
            return what;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

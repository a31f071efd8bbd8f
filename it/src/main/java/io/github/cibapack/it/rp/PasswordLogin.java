// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * How an app of tests and demos gets access tokens of its users: the password grant, the one that
 * needs no browser.
 *
 * @param issuer of the realm
 * @param clientId of the app
 * @param secret of the app
 */
public record PasswordLogin(URI issuer, String clientId, String secret) {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    /** An access token of a user. */
    public String tokenOf(String username, String password) {
        return tokenOf(username, password, HttpClient.newHttpClient());
    }

    /**
     * The same over a client of the caller's own, which trusts the server's certificate.
     *
     * @throws IllegalStateException if there is none; the message is the server's
     */
    public String tokenOf(String username, String password, HttpClient http) {
        Form login =
                Form.of(
                        "grant_type",
                        "password",
                        "client_id",
                        clientId,
                        "client_secret",
                        secret,
                        "username",
                        username,
                        "password",
                        password,
                        "scope",
                        "openid");
        Answer answer =
                RelyingParty.exchange(
                        http,
                        HttpRequest.newBuilder(
                                        URI.create(issuer + "/protocol/openid-connect/token"))
                                .timeout(TIME_LIMIT)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(login.encoded()))
                                .build());
        if (answer.status() != 200) {
            throw new IllegalStateException(username + " cannot sign in: " + answer.body());
        }
        return answer.text("access_token");
    }
}

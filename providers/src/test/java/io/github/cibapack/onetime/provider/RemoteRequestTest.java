// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import io.github.cibapack.text.Json;
import org.junit.jupiter.api.Test;

class RemoteRequestTest {
    private static final RemoteRequest REQUEST =
            new RemoteRequest(
                    "https://op.example",
                    "bank",
                    "id",
                    "https://op.example/token",
                    "https://op.example/keys",
                    "Pay");

    @Test
    void requestIsReadAsItWasWritten() {
        assertThat(RemoteRequest.read(Json.write(REQUEST))).hasValue(REQUEST);
    }

    @Test
    void whatIsNoRequestIsNotRead() {
        assertThat(RemoteRequest.read("an-id-of-this-realm")).isEmpty();
        assertThat(RemoteRequest.read("{}")).isEmpty();
    }

    @Test
    void requestIsOfOneClientAtOneIssuer() {
        Issuer issuer = new Issuer("https://op.example");

        assertThat(REQUEST.isOf(issuer, new ClientID("bank"))).isTrue();
        assertThat(REQUEST.isOf(issuer, new ClientID("another"))).isFalse();
        assertThat(REQUEST.isOf(new Issuer("https://evil.example"), new ClientID("bank")))
                .isFalse();
    }
}

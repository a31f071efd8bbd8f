// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPathTest {

    @ParameterizedTest
    @CsvSource({
        "realms/a/as/token, TOKEN",
        "/realms/a/as/cancel, AS",
        "/realms/a/protocol/openid-connect/ext/ciba/auth, BACKCHANNEL",
        "/realms/a/ciba/approve/x, PAGE",
        "/realms/a/one-time-authorization/x/y, CHECK",
        "/admin/realms/a/ciba/history, ADMIN"
    })
    void isOneOfThePacks(String path, OwnPath own) {
        assertThat(OwnPath.of(path)).contains(own);
        assertThat(OwnPath.of(path.replace("/a/", "/a\nb/"))).contains(own);
    }

    /** The server finds the page behind it, whatever the ticket is made of. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\u2028", "\u0085"})
    void lineBreakIsACharacterLikeOthers(String line) {
        assertThat(OwnPath.of("/realms/a/ciba/approve/x" + line + "y")).contains(OwnPath.PAGE);
        assertThat(OwnPath.of("/realms/a/as/x" + line)).contains(OwnPath.AS);
        assertThat(OwnPath.of("/admin/realms/a/ciba/requests/x" + line)).contains(OwnPath.ADMIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/realms/a/assets", "/realms/a/account", "/realms/a/cibax/as", "/x"})
    void othersAreLeftAlone(String path) {
        assertThat(OwnPath.of(path)).isEmpty();
    }
}

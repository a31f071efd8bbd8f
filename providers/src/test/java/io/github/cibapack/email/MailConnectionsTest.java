// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cibapack.outbound.UndeliveredException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailConnectionsTest {
    private final MailConnections connections =
            new MailConnections(new MailConnections.Limits(3, 2, Duration.ofMillis(50)));

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void realmThatUsesAllOfItsConnectionsLeavesSomeToOthers() throws Exception {
        MailAccount busy = account();
        connections.borrow(busy);
        connections.borrow(busy);

        assertNoConnection(busy);
        assertThat(connections.borrow(account())).isNotNull();
    }

    @Test
    void nodeHasNoMoreThanItsOwn() throws Exception {
        for (int i = 0; i < 3; i++) {
            connections.borrow(account());
        }

        assertNoConnection(account());
        assertThat(connections.count()).isEqualTo(3);
    }

    @Test
    void connectionThatIsGivenBackIsThereForTheNextMail() throws Exception {
        MailAccount account = account();
        MailConnection connection = connections.borrow(account);
        connection.opened();
        connections.giveBack(account, connection);

        assertThat(connections.borrow(account)).isSameAs(connection);
    }

    @Test
    void connectionThatFailedIsNot() throws Exception {
        MailAccount account = account();
        MailConnection connection = connections.borrow(account);
        connections.giveBack(account, connection);

        assertThat(connections.count()).isZero();
        assertThat(connections.borrow(account)).isNotSameAs(connection);
    }

    /** Or realms that were busy once would keep the node's connections for as long as they idle. */
    @Test
    void idleConnectionsOfOthersMakeRoom() throws Exception {
        List<MailAccount> idle = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            MailAccount account = account();
            MailConnection connection = connections.borrow(account);
            connection.opened();
            idle.add(account);
            connections.giveBack(account, connection);
        }

        assertThat(connections.borrow(account())).isNotNull();
        assertThat(idle).hasSize(3);
    }

    private void assertNoConnection(MailAccount account) {
        assertThatThrownBy(() -> connections.borrow(account))
                .isInstanceOfSatisfying(
                        UndeliveredException.class,
                        failure -> {
                            assertThat(failure.isPermanent()).isFalse();
                            assertThat(failure.reason()).isEqualTo("mail_connections_in_use");
                        });
    }

    private static MailAccount account() throws UndeliveredException {
        return new MailAccount(
                new SmtpSettings(
                        Map.of("host", "mail.example", "from", "noreply@ciba-demo.example"),
                        "Realm",
                        new SmtpTimeouts(1, 1)),
                null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.message.UndeliveredException;
import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import org.keycloak.models.KeycloakSession;

/**
 * A realm's mail settings as they were at one moment, read and checked, with the mail session that
 * is made of them. Two accounts are never equal: a realm that changes its settings gets another
 * one.
 */
final class MailAccount {
    private final SmtpSettings settings;
    private final Session smtp;
    private final InternetAddress from;
    private final Address replyTo;

    /**
     * Reads the settings.
     *
     * @throws UndeliveredException if they are such that no mail can be made of them
     */
    MailAccount(SmtpSettings settings, KeycloakSession session) throws UndeliveredException {
        this.settings = settings;
        this.smtp = Session.getInstance(settings.properties(session));
        this.from = settings.from();
        this.replyTo = settings.replyTo();
    }

    SmtpSettings settings() {
        return settings;
    }

    Session smtp() {
        return smtp;
    }

    InternetAddress from() {
        return from;
    }

    Address[] replyTo() {
        return new Address[] {replyTo};
    }
}

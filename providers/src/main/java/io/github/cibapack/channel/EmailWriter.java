// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.MailTransport;
import io.github.cibapack.email.OutgoingMail;
import io.github.cibapack.message.Message;
import io.github.cibapack.message.UndeliveredException;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.request.AuthenticationRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Reaches a user by a mail with a magic link. */
final class EmailWriter implements MessageWriter {
    private final ChannelContext context;
    private final ChannelType channel;

    EmailWriter(ChannelContext context, ChannelType channel) {
        this.context = context;
        this.channel = channel;
    }

    @Override
    public void requireAddress(UserModel user) {
        if (!user.isEmailVerified() || user.getEmail() == null || user.getEmail().isBlank()) {
            throw new UnreachableException(Unreachable.NO_VERIFIED_ADDRESS);
        }
    }

    @Override
    public void requireSetUp() {
        // whichever sender reads them: without any no sender can do its work
        if (context.session().getContext().getRealm().getSmtpConfig().isEmpty()) {
            throw new UnreachableException(Unreachable.NO_MAIL_SERVER);
        }
    }

    @Override
    public Message write(
            AuthenticationRequest request,
            String secret,
            long secondsLeft,
            ClientModel client,
            UserModel user) {
        return new Mail(
                channel,
                context.sending().mails(),
                OutgoingMail.to(
                        user.getEmail(),
                        new RequestWords(context.session(), context.policy())
                                .of(request, secret, secondsLeft, client, user)));
    }

    @Override
    public Unreachable notTaken(boolean forGood) {
        return forGood ? Unreachable.MAIL_REFUSED : Unreachable.MAIL_NOT_SENT;
    }

    private record Mail(ChannelType channel, MailTransport transport, OutgoingMail mail)
            implements Message {
        @Override
        public void send(KeycloakSession session) throws UndeliveredException {
            transport.send(session, mail);
        }

        @Override
        public long bytes() {
            return mail.mail().bytes();
        }
    }
}

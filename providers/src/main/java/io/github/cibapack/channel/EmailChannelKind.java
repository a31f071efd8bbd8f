// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.MailTransport;
import io.github.cibapack.email.OutgoingMail;
import io.github.cibapack.message.Message;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicy;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** E-mail with a magic link. */
public final class EmailChannelKind implements MessageKind {
    private static final ChannelQueue QUEUE = ChannelQueue.of("mail", 1000, 8, 8);

    @Override
    public String value() {
        return ChannelType.EMAIL;
    }

    @Override
    public int rank() {
        return 1;
    }

    @Override
    public boolean writesToAddress() {
        return true;
    }

    @Override
    public Optional<ChannelQueue> queue() {
        return Optional.of(QUEUE);
    }

    @Override
    public void requireAddress(CibaPolicy policy, UserModel user) {
        if (!user.isEmailVerified() || user.getEmail() == null || user.getEmail().isBlank()) {
            throw new UnreachableException(Unreachable.NO_VERIFIED_ADDRESS);
        }
    }

    @Override
    public void requireSetUp(ChannelContext context) {
        // whichever sender reads them: without any no sender can do its work
        if (context.session().getContext().getRealm().getSmtpConfig().isEmpty()) {
            throw new UnreachableException(Unreachable.NO_MAIL_SERVER);
        }
    }

    @Override
    public Message write(ChannelContext context, LinkedRequest linked) {
        return new Mail(
                this,
                context.sending().mails(),
                OutgoingMail.to(
                        linked.user().getEmail(),
                        new RequestWords(context.session(), context.policy()).of(linked)));
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

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.CibaEmailTemplateProvider;
import io.github.cibapack.email.MailModel;
import io.github.cibapack.email.MailTransport;
import io.github.cibapack.email.OutgoingMail;
import io.github.cibapack.email.RenderedMail;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.request.RequestKind;
import io.github.cibapack.time.ServerClock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.email.EmailException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * The mail of a policy as a user would get it, for an admin to look at: sent within the call, once.
 * There is no request behind it, and its link opens nothing.
 */
public final class TestMail {

    /** In the place of a ticket; too short to be one. */
    private static final String NO_TICKET = "test";

    private static final String REQUEST_ID = "00000000-0000-0000-0000-000000000000";
    private static final String SCOPE = "openid";
    private static final String SUBJECT = "[Test] ";

    private final KeycloakSession session;
    private final MailTransport transport;

    TestMail(KeycloakSession session, MailTransport transport) {
        this.session = session;
        this.transport = transport;
    }

    /**
     * What the mail says.
     *
     * @param client who asks
     * @param policy whose lifetime and templates are used
     * @param language of the mail
     * @param bindingMessage the message to compare, for the template with one
     */
    public record Content(
            ClientModel client,
            CibaPolicy policy,
            Locale language,
            Optional<String> bindingMessage) {}

    /**
     * Sends the mail.
     *
     * @param recipient whose address it goes to, in the place of the user who is asked
     * @return the admin's texts and templates that are broken and were replaced by the built-in
     *     ones
     * @throws UnreachableException if the realm can send no links
     * @throws UndeliveredException if the mail server does not take the mail
     */
    public List<String> send(Content content, UserModel recipient) throws UndeliveredException {
        CibaEmailTemplateProvider templates = CibaEmailTemplateProvider.of(session);
        try {
            RenderedMail mail =
                    templates.render(
                            model(content), content.client(), recipient, content.language());
            // it is the settings that are tested
            transport.startAnew(session);
            transport.send(session, OutgoingMail.to(recipient.getEmail(), marked(mail)));
        } catch (EmailException e) {
            throw new IllegalStateException("The mail cannot be rendered", e);
        }
        return templates.broken();
    }

    private MailModel model(Content content) {
        long now = ServerClock.seconds();
        long lifetime = content.policy().lifetime(Optional.empty());
        RequestWords links = new RequestWords(session, content.policy());
        return new MailModel(
                links.page(NO_TICKET),
                links.inbox(),
                SCOPE,
                content.bindingMessage(),
                Optional.empty(),
                RequestKind.ACCESS,
                Optional.empty(),
                Optional.empty(),
                REQUEST_ID,
                Optional.empty(),
                now,
                now + lifetime,
                lifetime,
                content.policy().get(CibaPolicyFactory.TEMPLATES));
    }

    /** Nobody shall take it for a request. */
    private static RenderedMail marked(RenderedMail mail) {
        return new RenderedMail(SUBJECT + mail.subject(), mail.text(), mail.html());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.CibaEmailTemplateProvider;
import io.github.cibapack.email.MailModel;
import io.github.cibapack.email.RenderedMail;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.request.AuthenticationRequest;
import java.util.Optional;
import org.keycloak.email.EmailException;
import org.keycloak.models.KeycloakSession;

/** A request in the words of its user's language, and its links. */
final class RequestWords {
    private final KeycloakSession session;
    private final CibaPolicy policy;
    private final MagicLink link;

    RequestWords(KeycloakSession session, CibaPolicy policy) {
        this.session = session;
        this.policy = policy;
        this.link = new MagicLink(session);
    }

    /**
     * Checks that links have a host.
     *
     * @throws UnreachableException if no address can be trusted
     */
    void requireLinkHost() {
        link.base();
    }

    String page(String secret) {
        return link.to(secret);
    }

    /** The list of the user's requests, if the realm lets people sign in to it. */
    Optional<String> inbox() {
        return LoginClient.of(session.getContext().getRealm()).map(login -> link.inbox());
    }

    /** The mail of a request; its words are those of other messages, too. */
    RenderedMail of(LinkedRequest linked) {
        AuthenticationRequest request = linked.request();
        MailModel model =
                new MailModel(
                        page(linked.secret()),
                        inbox(),
                        request.scope(),
                        request.bindingMessage(),
                        request.authorizationDetails(),
                        request.kind(),
                        request.once(),
                        request.resources(),
                        request.authReqId(),
                        request.context().address(),
                        request.createdAt(),
                        request.expiresAt(),
                        linked.secondsLeft(),
                        policy.get(CibaPolicyFactory.TEMPLATES));
        try {
            return CibaEmailTemplateProvider.of(session)
                    .render(model, linked.client(), linked.user());
        } catch (EmailException e) {
            throw new IllegalStateException("The mail cannot be rendered", e);
        }
    }
}

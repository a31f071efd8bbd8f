// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.email.MailLanguage;
import io.github.cibapack.email.RenderedMail;
import io.github.cibapack.message.Message;
import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.outbound.SignedText;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.ToldAttributes;
import io.github.cibapack.text.Texts;
import java.util.List;
import java.util.Locale;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.theme.Theme;
import org.keycloak.util.JsonSerialization;

/** Tells a server of the admin's about a request, and lets it tell the user. */
final class WebhookWriter implements MessageWriter {
    private final ChannelContext context;
    private final ChannelType channel;

    WebhookWriter(ChannelContext context, ChannelType channel) {
        this.context = context;
        this.channel = channel;
    }

    @Override
    public void requireAddress(UserModel user) {
        List<String> names = channel.attributesTold(context.policy());
        if (!names.isEmpty() && ToldAttributes.of(user, names).isEmpty()) {
            throw new UnreachableException(Unreachable.NO_ADDRESS);
        }
    }

    @Override
    public void requireSetUp() {
        if (context.policy().get(WebhookChannelKind.URL).isEmpty()
                || context.policy().get(WebhookChannelKind.SECRET).isEmpty()) {
            throw new UnreachableException(Unreachable.CHANNEL_NOT_SET_UP);
        }
    }

    @Override
    public Message write(
            AuthenticationRequest request,
            String secret,
            long secondsLeft,
            ClientModel client,
            UserModel user) {
        String id = KeycloakModelUtils.generateId();
        ObjectNode body = JsonSerialization.createObjectNode();
        body.put("id", id);
        body.put("type", "ciba_request");
        describe(request, client, body);
        words(request, secret, secondsLeft, client, user, body);
        ObjectNode attributes = body.putObject("user").putObject("attributes");
        ToldAttributes.values(user, channel.attributesTold(context.policy()))
                .forEach((name, values) -> values.forEach(attributes.putArray(name)::add));
        return new WebhookMessage(
                channel,
                id,
                OutboundClient.of(context.session()),
                context.policy().get(WebhookChannelKind.URL).orElse(""),
                new SignedText(
                        context.policy().get(WebhookChannelKind.SECRET).orElse(""),
                        body.toString()));
    }

    private void describe(AuthenticationRequest request, ClientModel client, ObjectNode body) {
        body.put("realm", context.session().getContext().getRealm().getName());
        body.put("auth_req_id", request.authReqId());
        body.put("request_code", request.code());
        body.put("client_id", client.getClientId());
        request.bindingMessage().ifPresent(message -> body.put("binding_message", message));
        body.put("created_at", request.createdAt());
        body.put("expires_at", request.expiresAt());
    }

    private void words(
            AuthenticationRequest request,
            String secret,
            long secondsLeft,
            ClientModel client,
            UserModel user,
            ObjectNode body) {
        RealmModel realm = context.session().getContext().getRealm();
        Locale language = MailLanguage.of(realm, user);
        RequestWords words = new RequestWords(context.session(), context.policy());
        RenderedMail mail = words.of(request, secret, secondsLeft, client, user);
        body.put("language", language.toLanguageTag());
        body.put(
                "client_name",
                Texts.of(context.session(), Theme.Type.EMAIL, language).nameOf(client));
        body.put("title", mail.subject());
        body.put("text", mail.text());
        body.put("link", words.page(secret).toString());
        words.inbox().ifPresent(link -> body.put("requests_link", link.toString()));
    }
}

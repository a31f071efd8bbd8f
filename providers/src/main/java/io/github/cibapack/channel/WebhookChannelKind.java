// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import static io.github.cibapack.policy.SettingForm.lines;
import static io.github.cibapack.policy.SettingForm.secret;
import static io.github.cibapack.policy.SettingForm.url;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.email.MailLanguage;
import io.github.cibapack.email.RenderedMail;
import io.github.cibapack.message.Message;
import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.outbound.SignedText;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.Setting;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.ToldAttributes;
import io.github.cibapack.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.theme.Theme;
import org.keycloak.util.JsonSerialization;

/** A signed call to a server of the admin's, which tells the user: by SMS, in a chat, by push. */
public final class WebhookChannelKind implements MessageKind {
    static final Setting<Optional<String>> URL =
            Setting.optional("webhookChannelUrl", "Webhook channel URL", url())
                    .help(
                            "Where the channel 'webhook' of this policy sends requests, as signed"
                                    + " JSON.");

    private static final int SHORTEST_SECRET = 16;

    static final Setting<Optional<String>> SECRET =
            Setting.optional(
                            "webhookChannelSecret",
                            "Webhook channel secret",
                            secret(SHORTEST_SECRET))
                    .help("What the calls of the channel 'webhook' are signed with.");

    private static final Pattern NAME = Pattern.compile("[^\\p{Cc},]{1,255}");
    private static final int MOST = 10;
    private static final String RANGE = "names of at most 10 attributes";

    static final Setting<List<String>> ATTRIBUTES =
            Setting.named(
                            "webhookChannelAttributes",
                            "Webhook channel attributes",
                            lines(RANGE, WebhookChannelKind::names),
                            List.<String>of())
                    .help(
                            "Attributes of the user that the calls contain: a phone number, a chat"
                                    + " id. A user without any of them is not reached this way. Let"
                                    + " only admins change them, because they decide who gets the"
                                    + " link.");

    private static final ChannelQueue QUEUE = ChannelQueue.of("webhookMessage", 1000, 32, 3);

    private static List<String> names(List<String> values) {
        if (values.size() > MOST
                || !values.stream().allMatch(name -> NAME.matcher(name).matches())) {
            throw new IllegalArgumentException("must be " + RANGE);
        }
        return values.stream().distinct().sorted().toList();
    }

    @Override
    public String value() {
        return "webhook";
    }

    @Override
    public int rank() {
        return 4;
    }

    @Override
    public List<String> attributesTold(CibaPolicy policy) {
        return policy.get(ATTRIBUTES);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(URL, SECRET, ATTRIBUTES);
    }

    @Override
    public List<Setting<?>> required() {
        return List.of(URL, SECRET);
    }

    @Override
    public Optional<ChannelQueue> queue() {
        return Optional.of(QUEUE);
    }

    @Override
    public void requireAddress(CibaPolicy policy, UserModel user) {
        List<String> names = policy.get(ATTRIBUTES);
        if (!names.isEmpty() && ToldAttributes.of(user, names).isEmpty()) {
            throw new UnreachableException(Unreachable.NO_ADDRESS);
        }
    }

    @Override
    public void requireSetUp(ChannelContext context) {
        if (context.policy().get(URL).isEmpty() || context.policy().get(SECRET).isEmpty()) {
            throw new UnreachableException(Unreachable.CHANNEL_NOT_SET_UP);
        }
    }

    @Override
    public Message write(ChannelContext context, LinkedRequest linked) {
        String id = KeycloakModelUtils.generateId();
        ObjectNode body = JsonSerialization.createObjectNode();
        body.put("id", id);
        body.put("type", "ciba_request");
        describe(context, linked, body);
        words(context, linked, body);
        ObjectNode attributes = body.putObject("user").putObject("attributes");
        ToldAttributes.values(linked.user(), context.policy().get(ATTRIBUTES))
                .forEach((name, values) -> values.forEach(attributes.putArray(name)::add));
        return new WebhookMessage(
                this,
                id,
                OutboundClient.of(context.session()),
                context.policy().get(URL).orElse(""),
                new SignedText(context.policy().get(SECRET).orElse(""), body.toString()));
    }

    private static void describe(ChannelContext context, LinkedRequest linked, ObjectNode body) {
        AuthenticationRequest request = linked.request();
        body.put("realm", context.session().getContext().getRealm().getName());
        body.put("auth_req_id", request.authReqId());
        body.put("request_code", request.code());
        body.put("client_id", linked.client().getClientId());
        request.bindingMessage().ifPresent(message -> body.put("binding_message", message));
        body.put("created_at", request.createdAt());
        body.put("expires_at", request.expiresAt());
    }

    private static void words(ChannelContext context, LinkedRequest linked, ObjectNode body) {
        KeycloakSession session = context.session();
        Locale language = MailLanguage.of(session.getContext().getRealm(), linked.user());
        RequestWords words = new RequestWords(session, context.policy());
        RenderedMail mail = words.of(linked);
        body.put("language", language.toLanguageTag());
        body.put(
                "client_name",
                Texts.of(session, Theme.Type.EMAIL, language).nameOf(linked.client()));
        body.put("title", mail.subject());
        body.put("text", mail.text());
        body.put("link", words.page(linked.secret()));
        words.inbox().ifPresent(link -> body.put("requests_link", link));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.Setting;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.provider.ProviderConfigProperty;

/** A signed call to a server of the admin's, which tells the user: by SMS, in a chat, by push. */
public final class WebhookChannelKind implements ChannelKind {
    static final Setting<Optional<String>> URL =
            Setting.url(
                    "webhookChannelUrl",
                    "Webhook channel URL",
                    "Where the channel 'webhook' of this policy sends requests, as signed JSON.");

    private static final int SHORTEST_SECRET = 16;

    static final Setting<Optional<String>> SECRET =
            Setting.secret(
                    "webhookChannelSecret",
                    "Webhook channel secret",
                    "What the calls of the channel 'webhook' are signed with.",
                    SHORTEST_SECRET);

    private static final Pattern NAME = Pattern.compile("[^\\p{Cc},]{1,255}");
    private static final int MOST = 10;
    private static final String RANGE = "names of at most 10 attributes";

    static final Setting<List<String>> ATTRIBUTES =
            Setting.ownForm(
                    "webhookChannelAttributes",
                    "Webhook channel attributes",
                    "Attributes of the user that the calls tell: a phone number, a chat id. A user"
                            + " without any of them is not reached this way. Who may change them"
                            + " chooses who gets the link.",
                    ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                    RANGE,
                    List.of(),
                    WebhookChannelKind::names);

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
    public Channel in(ChannelContext context) {
        return new MessageChannel(context, this, new WebhookWriter(context, this));
    }
}

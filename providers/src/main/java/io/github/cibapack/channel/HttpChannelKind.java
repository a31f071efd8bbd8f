// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import static io.github.cibapack.policy.SettingForm.url;

import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.Setting;
import java.util.List;
import java.util.Optional;

/** Keycloak's own HTTP authentication channel. */
public final class HttpChannelKind implements ChannelKind {
    static final Setting<Optional<String>> URL =
            Setting.optional("httpUrl", "HTTP channel URL", url())
                    .help(
                            "Where the channel 'http' of this policy sends requests. Empty: the"
                                    + " server's own address for Keycloak's HTTP channel.");

    @Override
    public String value() {
        return ChannelType.HTTP;
    }

    @Override
    public int rank() {
        return 2;
    }

    @Override
    public boolean isDecidedElsewhere() {
        return true;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(URL);
    }

    @Override
    public Channel in(ChannelContext context) {
        return HttpChannel.at(context.session(), context.policy().get(URL));
    }
}

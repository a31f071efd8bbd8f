// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.policy.TemplatePair;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;

/**
 * A template, one of a pair: a request with a binding message gets the one that shows it. A client
 * can have a pair of its own, and so can a CIBA policy; the client's wins.
 *
 * @param name name of the file, without the ending; the pair's name before {@code -with-…}
 */
record MailTemplate(String name) {

    private static final String BUILT_IN = "ciba";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    /**
     * The template of the client's own pair, else of the policy's, else the one that the pack
     * ships.
     */
    static MailTemplate of(MailModel model, ClientModel client) {
        String pair =
                Optional.ofNullable(client.getAttribute(TemplatePair.CLIENT_ATTRIBUTE))
                        .map(String::trim)
                        .filter(name -> NAME.matcher(name).matches())
                        .or(model::templates)
                        .orElse(BUILT_IN);
        return new MailTemplate(pair + ending(model));
    }

    static MailTemplate builtIn(MailModel model) {
        return new MailTemplate(BUILT_IN + ending(model));
    }

    private static String ending(MailModel model) {
        return model.bindingMessage().isPresent()
                ? "-with-binding-message"
                : "-without-binding-message";
    }

    String textFile() {
        return "text/" + name + ".ftl";
    }

    String htmlFile() {
        return "html/" + name + ".ftl";
    }
}

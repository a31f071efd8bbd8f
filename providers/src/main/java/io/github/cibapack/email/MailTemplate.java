// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

/** The two templates. A request with a binding message gets the one that shows it. */
enum MailTemplate {
    WITH_BINDING_MESSAGE("CIBA with binding message", "ciba-with-binding-message.ftl"),
    WITHOUT_BINDING_MESSAGE("CIBA without binding message", "ciba-without-binding-message.ftl");

    private final String title;
    private final String file;

    MailTemplate(String title, String file) {
        this.title = title;
        this.file = file;
    }

    static MailTemplate of(MailModel model) {
        return model.bindingMessage().isPresent() ? WITH_BINDING_MESSAGE : WITHOUT_BINDING_MESSAGE;
    }

    /** The name that admins know it by. */
    String title() {
        return title;
    }

    String textFile() {
        return "text/" + file;
    }

    String htmlFile() {
        return "html/" + file;
    }
}

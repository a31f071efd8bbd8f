// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.cibapack.channel.TestMail;
import io.github.cibapack.channel.UnreachableException;
import io.github.cibapack.intake.BindingMessage;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.InvalidSettingException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Sends the mail of a policy in a language, to the admin who asks for it only. */
public final class TestMailResource {
    private static final String CLIENT = "client";
    private static final String POLICY = "policy";
    private static final String LANGUAGE = "language";
    private static final String BINDING_MESSAGE = "bindingMessage";
    private static final Set<String> MEMBERS = Set.of(CLIENT, POLICY, LANGUAGE, BINDING_MESSAGE);

    private final AdminCall call;
    private final RealmModel realm;

    TestMailResource(AdminCall call) {
        this.call = call;
        this.realm = call.realm();
    }

    /**
     * What was sent.
     *
     * @param client the client id
     * @param policy name of the CIBA policy
     * @param language of the mail
     * @param broken the admin's texts and templates that are broken and were replaced by the
     *     built-in ones
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sent(String client, String policy, String language, List<String> broken) {}

    /** Sends the mail within the call; the answer tells what the mail server says. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Sent send(Map<String, String> body) {
        call.permissions().requireManageRealm();
        UserModel admin = call.permissions().admin();
        if (admin == null || admin.getEmail() == null || admin.getEmail().isBlank()) {
            throw AdminError.badRequest(
                    "Your own account has no e-mail address: a test mail goes there and nowhere"
                            + " else");
        }
        TestMail.Content content = content(body == null ? Map.of() : body);
        String client = content.client().getClientId();
        String policy = content.policy().name();
        String language = content.language().toLanguageTag();
        AdminEventBuilder adminEvent =
                call.event(
                        AdminCall.Resource.CIBA_TEST_MAIL,
                        OperationType.ACTION,
                        Map.of(CLIENT, client, POLICY, policy, LANGUAGE, language));
        List<String> broken = send(content, admin);
        adminEvent.success();
        return new Sent(client, policy, language, broken);
    }

    private List<String> send(TestMail.Content content, UserModel admin) {
        if (realm.getSmtpConfig().isEmpty()) {
            throw unavailable("no_mail_server", "The realm has no mail server configured");
        }
        try {
            return Resend.channel(call.session()).testMail().send(content, admin);
        } catch (UnreachableException e) {
            throw unavailable(e.why().name().toLowerCase(Locale.ROOT), e.why().sentence());
        } catch (UndeliveredException e) {
            throw AdminError.because(
                    Response.Status.BAD_GATEWAY,
                    "mail_not_sent",
                    "The mail server did not take the mail: " + e.reason());
        }
    }

    private TestMail.Content content(Map<String, String> body) {
        if (!MEMBERS.containsAll(body.keySet())) {
            throw AdminError.badRequest(
                    "The members are 'client', 'policy', 'language' and 'bindingMessage'");
        }
        ClientModel client = call.client(body.get(CLIENT));
        return new TestMail.Content(
                client, policy(body, client), language(body), bindingMessage(body));
    }

    private CibaPolicy policy(Map<String, String> body, ClientModel client) {
        CibaPolicies policies = new CibaPolicies(realm);
        try {
            Optional<String> entry = AdminCall.given(body.get(POLICY));
            if (entry.isEmpty()) {
                return policies.of(client, Optional.empty());
            }
            Optional<CibaPolicy> named = policies.find(entry.get());
            if (named.isEmpty()) {
                throw AdminError.badRequest(
                        "'policy' must be the name of a CIBA policy of this realm");
            }
            return named.get();
        } catch (InvalidSettingException e) {
            throw AdminError.because(e);
        }
    }

    /** A language in which the realm writes to its users; its default if none is named. */
    private Locale language(Map<String, String> body) {
        String usual =
                realm.isInternationalizationEnabled() && realm.getDefaultLocale() != null
                        ? realm.getDefaultLocale()
                        : Locale.ENGLISH.toLanguageTag();
        String tag = AdminCall.given(body.get(LANGUAGE)).orElse(usual);
        boolean supported =
                tag.equals(usual)
                        || (realm.isInternationalizationEnabled()
                                && realm.getSupportedLocalesStream().anyMatch(tag::equals));
        if (!supported) {
            throw AdminError.badRequest("'language' must be one of the realm's supported locales");
        }
        return Locale.forLanguageTag(tag);
    }

    private static Optional<String> bindingMessage(Map<String, String> body) {
        Optional<String> sent = AdminCall.given(body.get(BINDING_MESSAGE));
        Optional<String> shown = sent.flatMap(text -> BindingMessage.of(text).text());
        if (sent.isPresent() && shown.isEmpty()) {
            throw AdminError.badRequest("'bindingMessage' must be 1–256 visible characters");
        }
        return shown;
    }

    private static RuntimeException unavailable(String error, String sentence) {
        return AdminError.because(Response.Status.SERVICE_UNAVAILABLE, error, sentence);
    }
}

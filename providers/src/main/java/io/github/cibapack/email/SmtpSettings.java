// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.text.RealmName;
import io.github.cibapack.text.Texts;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.keycloak.common.enums.HostnameVerificationPolicy;
import org.keycloak.email.EmailAuthenticator;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.truststore.JSSETruststoreConfigurator;
import org.keycloak.utils.EmailValidationUtil;
import org.keycloak.utils.SMTPUtil;

/**
 * A realm's mail settings as Keycloak's default sender reads them. The realm's debug switch is not
 * followed: it prints every mail, link and all, to the server's log.
 *
 * @param asStored Keycloak's own, unchangeable
 * @param realmName the sender's name if they have none
 * @param limits if they have none
 */
record SmtpSettings(Map<String, String> asStored, String realmName, SmtpTimeouts limits) {

    static SmtpSettings of(RealmModel realm, SmtpTimeouts limits) {
        return new SmtpSettings(realm.getSmtpConfig(), RealmName.of(realm), limits);
    }

    /** The settings for another sender than Keycloak's: the realm's, with the timeouts. */
    Map<String, String> forOtherSenders() {
        return limits.addTo(asStored);
    }

    EmailAuthenticator.AuthenticatorType authenticator() {
        if (!isOn("auth")) {
            return EmailAuthenticator.AuthenticatorType.NONE;
        }
        return "token".equals(asStored.get("authType"))
                ? EmailAuthenticator.AuthenticatorType.TOKEN
                : EmailAuthenticator.AuthenticatorType.BASIC;
    }

    Properties properties(KeycloakSession session) throws UndeliveredException {
        Properties properties = new Properties();
        copy("host", properties, "mail.smtp.host");
        copy("port", properties, "mail.smtp.port");
        copy("envelopeFrom", properties, "mail.smtp.from");
        properties.setProperty("mail.smtp.auth", Boolean.toString(isOn("auth")));
        if (authenticator() == EmailAuthenticator.AuthenticatorType.TOKEN) {
            properties.setProperty("mail.smtp.auth.mechanisms", "XOAUTH2");
        }
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(isOn("ssl")));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(isOn("starttls")));
        properties.put("mail.smtp.socketFactory", new NoDelaySockets());
        // or a connection that fails is made once more, trusting whom Java trusts
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        if (isOn("ssl") || isOn("starttls") || isOn("auth")) {
            trust(properties, session);
        }
        Map<String, String> limited = limits.addTo(asStored);
        properties.setProperty("mail.smtp.connectiontimeout", limited.get(SmtpTimeouts.CONNECT));
        properties.setProperty("mail.smtp.timeout", limited.get(SmtpTimeouts.READ));
        properties.setProperty("mail.smtp.writetimeout", limited.get(SmtpTimeouts.WRITE));
        // the mail has been taken or not by then: waiting for the goodbye gains nothing
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.mime.allowutf8", Boolean.toString(allowsUtf8()));
        // or the name of this machine would stand in the mail
        properties.setProperty("mail.from", checked(asStored.get("from")));
        return properties;
    }

    /** The sender with its display name: the configured one, else the realm's. */
    InternetAddress from() throws UndeliveredException {
        String name = Texts.name(Objects.requireNonNullElse(asStored.get("fromDisplayName"), ""));
        return named(asStored.get("from"), name.isEmpty() ? realmName : name);
    }

    /** Where replies go: the configured address, else the sender's. */
    InternetAddress replyTo() throws UndeliveredException {
        String replyTo = asStored.get("replyTo");
        return isBlank(replyTo) ? from() : named(replyTo, asStored.get("replyToDisplayName"));
    }

    InternetAddress recipient(String address) throws UndeliveredException {
        return named(address, null);
    }

    private InternetAddress named(String address, String name) throws UndeliveredException {
        try {
            return isBlank(name)
                    ? new InternetAddress(checked(address))
                    : new InternetAddress(checked(address), name, StandardCharsets.UTF_8.name());
        } catch (AddressException | UnsupportedEncodingException e) {
            throw SmtpFailure.unsendable();
        }
    }

    /** Valid, and in ASCII if the mail server is not said to take UTF-8. */
    private String checked(String address) throws UndeliveredException {
        if (address == null || !EmailValidationUtil.isValidEmail(address)) {
            throw SmtpFailure.unsendable();
        }
        if (allowsUtf8()) {
            return address;
        }
        String ascii = SMTPUtil.convertIDNEmailAddress(address);
        if (ascii == null || !StandardCharsets.US_ASCII.newEncoder().canEncode(ascii)) {
            throw SmtpFailure.unsendable();
        }
        return ascii;
    }

    private static void trust(Properties properties, KeycloakSession session) {
        JSSETruststoreConfigurator truststore = new JSSETruststoreConfigurator(session);
        SSLSocketFactory sockets = truststore.getSSLSocketFactory();
        if (sockets == null) {
            return;
        }
        properties.put("mail.smtp.ssl.socketFactory", new NoDelaySslSockets(sockets));
        boolean anyHost = truststore.getProvider().getPolicy() == HostnameVerificationPolicy.ANY;
        if (anyHost) {
            // as Keycloak's own sender: with TLS from the start, the mail API then checks nothing
            properties.setProperty("mail.smtp.ssl.trust", "*");
        }
        properties.setProperty("mail.smtp.ssl.checkserveridentity", Boolean.toString(!anyHost));
    }

    private void copy(String key, Properties properties, String property) {
        String value = asStored.get(key);
        if (!isBlank(value)) {
            properties.setProperty(property, value);
        }
    }

    private boolean allowsUtf8() {
        return isOn(EmailSenderProvider.CONFIG_ALLOW_UTF8);
    }

    private boolean isOn(String key) {
        return "true".equals(asStored.get(key));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /** Never prints the password. */
    @Override
    public String toString() {
        return "SmtpSettings";
    }
}

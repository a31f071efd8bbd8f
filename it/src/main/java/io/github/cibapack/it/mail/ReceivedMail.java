// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import jakarta.mail.Address;
import jakarta.mail.Header;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail as its reader gets it.
 *
 * @param receivedAt when the SMTP server accepted it
 * @param subject decoded; empty if there is none
 * @param from the sender with the display name, for example {@code CIBA Demo
 *     <noreply@ciba-demo.example>}
 * @param to the recipients
 * @param text the plain text part; empty if there is none
 * @param html the HTML part; empty if there is none
 * @param headers all headers, raw, by a name in any case
 */
public record ReceivedMail(
        Instant receivedAt,
        String subject,
        String from,
        List<String> to,
        String text,
        String html,
        Map<String, String> headers) {

    private static final Pattern MAGIC_LINK =
            Pattern.compile(
                    "https?://[^\\s\"'<>]+/realms/[^\\s\"'<>/]+/ciba/approve/[A-Za-z0-9._~-]+");

    private static final Pattern SOFT_BREAK = Pattern.compile("=\r?\n");

    /** Making one reads files of the class path. */
    private static final Session SESSION = Session.getInstance(new Properties());

    public ReceivedMail {
        to = List.copyOf(to);
        headers = Collections.unmodifiableMap(headers);
    }

    /** A message as it went over the wire (RFC 5322). */
    public static ReceivedMail parse(String message) {
        try {
            return of(
                    new MimeMessage(
                            SESSION,
                            new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8))));
        } catch (MessagingException e) {
            throw new IllegalArgumentException("Not a mail that can be read", e);
        }
    }

    static ReceivedMail of(MimeMessage message) {
        try {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (Header header : Collections.list(message.getAllHeaders())) {
                headers.put(header.getName(), header.getValue());
            }
            return new ReceivedMail(
                    Instant.now(),
                    message.getSubject() == null ? "" : message.getSubject(),
                    addresses(message.getFrom()).get(0),
                    addresses(message.getRecipients(Message.RecipientType.TO)),
                    content(message, "text/plain"),
                    content(message, "text/html"),
                    headers);
        } catch (MessagingException e) {
            throw new IllegalArgumentException("Not a mail that can be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The link to the approval page, from the text part.
     *
     * @throws IllegalStateException if the mail holds none
     */
    public URI magicLink() {
        return linkIn(text)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "No magic link in the mail '%s':%n%s"
                                                .formatted(subject, text)));
    }

    /** The first link to an approval page in a text. */
    private static Optional<URI> linkIn(String text) {
        Matcher link = MAGIC_LINK.matcher(text);
        return link.find() ? Optional.of(URI.create(link.group())) : Optional.empty();
    }

    /**
     * The link of a message as it went over the wire, for who reads very many: all that
     * quoted-printable (RFC 2045 §6.7) does to the characters of a link is to break its line.
     */
    public static URI magicLinkOf(String message) {
        return linkIn(SOFT_BREAK.matcher(message).replaceAll(""))
                .orElseGet(() -> parse(message).magicLink());
    }

    /** Whether either part holds this text, for example a request id. */
    public boolean mentions(String wanted) {
        return text.contains(wanted) || html.contains(wanted);
    }

    private static List<String> addresses(Address[] addresses) {
        return addresses == null
                ? List.of()
                : Arrays.stream(addresses).map(Address::toString).toList();
    }

    /**
     * The first part of this type; a part with a file name is an attachment and not what the reader
     * sees.
     */
    private static String content(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type) && part.getFileName() == null) {
            return (String) part.getContent();
        }
        if (part.isMimeType("multipart/*")) {
            Multipart parts = (Multipart) part.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                String found = content(parts.getBodyPart(i), type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message with a body that is written already, as one that was read from a mailbox has. The
 * multiparts of the mail API look for the API's encoders on the class path several times for each
 * message.
 */
final class WrittenMessage extends MimeMessage {
    private static final String END_OF_LINE = "\r\n";

    /**
     * The two forms of a mail, of which a reader shows the last one that it can (RFC 2046 §5.1.4).
     *
     * @param key what nobody has known who wrote the texts
     */
    WrittenMessage(Session smtp, String key, RenderedMail mail)
            throws MessagingException, IOException {
        super(smtp);
        // neither of the encodings writes an equals sign and an underscore (RFC 2045 §6.7)
        String boundary = "=_" + key;
        setHeader("MIME-Version", "1.0");
        setHeader("Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"");
        Bytes body = new Bytes(mail);
        writePart(body, boundary, mail.text(), "text/plain; charset=UTF-8");
        writePart(body, boundary, mail.html(), "text/html; charset=UTF-8");
        write(body, "--" + boundary + "--" + END_OF_LINE);
        content = Arrays.copyOf(body.written, body.length);
        modified = false;
        saved = true;
    }

    private void writePart(OutputStream body, String boundary, String text, String type)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String encoding = MimeUtility.getEncoding(new ByteArrayDataSource(bytes, type));
        write(body, "--" + boundary + END_OF_LINE);
        write(body, "Content-Type: " + type + END_OF_LINE);
        write(body, "Content-Transfer-Encoding: " + encoding + END_OF_LINE + END_OF_LINE);
        OutputStream encoder =
                switch (encoding) {
                    case "7bit" -> body;
                    case "quoted-printable" -> session.getStreamProvider().outputQP(body);
                    default -> session.getStreamProvider().outputBase64(body);
                };
        encoder.write(bytes);
        encoder.flush();
        write(body, END_OF_LINE);
    }

    private static void write(OutputStream body, String line) throws IOException {
        body.write(line.getBytes(StandardCharsets.US_ASCII));
    }

    /** Encoders write byte by byte, and Java's own stream takes a lock for each. */
    private static final class Bytes extends OutputStream {
        private byte[] written;
        private int length;

        Bytes(RenderedMail mail) {
            this.written = new byte[2 * (mail.text().length() + mail.html().length()) + 1024];
        }

        @Override
        public void write(int one) {
            if (length == written.length) {
                written = Arrays.copyOf(written, 2 * length);
            }
            written[length++] = (byte) one;
        }
    }
}

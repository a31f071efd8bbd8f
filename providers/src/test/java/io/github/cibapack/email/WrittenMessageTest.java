// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenMessageTest {
    private static final Session SMTP = Session.getInstance(new Properties());
    private static final String KEY = "5f0c8a4e-key";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Approve?\n\nhttps://sso.example/approve/abc=1\n",
                "Möchten Sie „Zapfsäule“ bestätigen?\n.\n..\n",
                "هل تريد الموافقة على الطلب؟\n",
                "承認しますか。"
            })
    void readerGetsBothTextsAsTheyWereWritten(String text) throws Exception {
        String html = "<p>" + text + "</p>";

        MimeMultipart read = read(new RenderedMail("Subject", text, html));

        assertThat(read.getContentType()).startsWith("multipart/alternative");
        assertThat(read.getCount()).isEqualTo(2);
        assertThat(content(read.getBodyPart(0))).isEqualTo(text);
        assertThat(content(read.getBodyPart(1))).isEqualTo(html);
        assertThat(read.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(read.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"Approve?,7bit", "Grüße an alle,quoted-printable", "承認しますか,base64"})
    void textIsEncodedAsFarAsItMust(String text, String encoding) throws Exception {
        MimeMultipart read = read(new RenderedMail("Subject", text, "<p>ok</p>"));

        assertThat(((MimeBodyPart) read.getBodyPart(0)).getEncoding()).isEqualTo(encoding);
        assertThat(((MimeBodyPart) read.getBodyPart(1)).getEncoding()).isEqualTo("7bit");
    }

    @Test
    void noLineIsLongerThanMailServersTake() throws Exception {
        String line = "aaaü".repeat(2500);

        String written = written(new RenderedMail("Subject", line, line));

        assertThat(written.lines()).allMatch(each -> each.length() <= 998);
        assertThat(content(parsed(written).getBodyPart(1))).isEqualTo(line);
    }

    private static MimeMultipart read(RenderedMail mail) throws Exception {
        return parsed(written(mail));
    }

    private static String written(RenderedMail mail) throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        new WrittenMessage(SMTP, KEY, mail).writeTo(written);
        return written.toString(StandardCharsets.US_ASCII);
    }

    private static MimeMultipart parsed(String written) throws Exception {
        byte[] bytes = written.getBytes(StandardCharsets.US_ASCII);
        return (MimeMultipart) new MimeMessage(SMTP, new ByteArrayInputStream(bytes)).getContent();
    }

    private static String content(BodyPart part) throws Exception {
        return part.getContent().toString().replace("\r\n", "\n");
    }
}

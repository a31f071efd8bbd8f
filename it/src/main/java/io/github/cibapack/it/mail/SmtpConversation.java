// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import io.github.cibapack.it.mail.ScriptedSmtp.Encryption;
import io.github.cibapack.it.mail.ScriptedSmtp.Limit;
import io.github.cibapack.it.mail.ScriptedSmtp.Mood;
import io.github.cibapack.it.server.SeenSecrets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link ScriptedSmtp}. */
final class SmtpConversation {
    private final ScriptedSmtp server;
    private final Encryption when;
    private final String wantedLogin;
    private Mood now;
    private int mails;
    private Socket connection;
    private BufferedReader in;
    private boolean isSecret;
    private boolean isLoggedIn;

    SmtpConversation(ScriptedSmtp server, Socket connection) throws IOException {
        this.server = server;
        this.when = server.encryption();
        this.wantedLogin = server.login();
        this.isLoggedIn = wantedLogin == null;
        this.now = server.begin();
        use(connection);
        if (when == Encryption.IMPLICIT) {
            encrypt();
        }
    }

    private void use(Socket next) throws IOException {
        connection = next;
        in =
                new BufferedReader(
                        new InputStreamReader(next.getInputStream(), StandardCharsets.UTF_8));
    }

    private void encrypt() throws IOException {
        SSLSocket secret =
                (SSLSocket)
                        server.certificates()
                                .getSocketFactory()
                                .createSocket(connection, null, connection.getPort(), true);
        secret.setUseClientMode(false);
        use(secret);
        isSecret = true;
    }

    private boolean isSecretEnough() {
        return when == Encryption.NONE || isSecret;
    }

    private void hello() throws IOException {
        if (!isSecretEnough()) {
            reply("250-scripted");
            reply("250 STARTTLS");
        } else if (wantedLogin != null) {
            reply("250-scripted");
            reply("250 AUTH PLAIN");
        } else {
            reply("250 scripted");
        }
    }

    /** RFC 4616 §2: who is acted for, if anybody, then the name and the password. */
    private void authenticate(String line) throws IOException {
        String answer = line.substring("AUTH PLAIN ".length());
        SeenSecrets.add(answer);
        String plain = new String(Base64.getDecoder().decode(answer), StandardCharsets.UTF_8);
        isLoggedIn = isSecretEnough() && plain.endsWith(wantedLogin);
        reply(isLoggedIn ? "235 Welcome" : "535 5.7.8 Who are you?");
    }

    void run() throws IOException, InterruptedException {
        if (isUnwilling()) {
            return;
        }
        Thread.sleep(server.pause().toMillis());
        reply("220 scripted ESMTP");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            switch (command) {
                case "EHLO" -> hello();
                case "HELO", "RSET", "NOOP" -> reply("250 OK");
                case "STARTTLS" -> {
                    reply("220 Go ahead");
                    encrypt();
                }
                case "AUTH" -> authenticate(line);
                case "MAIL" -> {
                    if (!sender(line)) {
                        return;
                    }
                }
                case "RCPT" -> reply(recipient(line));
                case "DATA" -> {
                    reply("354 Go ahead");
                    if (!data()) {
                        return;
                    }
                }
                case "QUIT" -> {
                    server.goodbye();
                    reply("221 Bye");
                    return;
                }
                default -> reply("502 Not implemented");
            }
        }
    }

    /** Whether it talks no further. */
    private boolean isUnwilling() throws IOException {
        if (now == Mood.SILENT) {
            in.readLine();
            return true;
        }
        if (now == Mood.BUSY) {
            reply("421 Come back later");
            return true;
        }
        return false;
    }

    private boolean sender(String line) throws IOException {
        if (mails > 0) {
            now = server.begin();
            if (isUnwilling()) {
                return false;
            }
        }
        if (server.isOverLimit(mails)) {
            boolean defers = server.limit() == Limit.DEFERS;
            reply(defers ? "451 4.7.0 Too many mails" : "421 4.7.0 Too many mails");
            return defers;
        }
        if (isSecretEnough() && isLoggedIn) {
            server.envelopeSender(bracketed(line));
            reply("250 OK");
        } else {
            reply("530 5.7.0 Encryption and login are required");
        }
        return true;
    }

    private String recipient(String line) {
        String address = bracketed(line);
        return switch (now) {
            case GREYLISTING -> "451 4.7.1 <" + address + "> is greylisted";
            case UNKNOWN_RECIPIENT -> "550 5.1.1 <" + address + "> is not here";
            default -> "250 OK";
        };
    }

    private static String bracketed(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private boolean data() throws IOException, InterruptedException {
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (now == Mood.DROPS_MID_MESSAGE) {
                return false;
            }
            if (line.equals(".")) {
                boolean isUnwanted = now == Mood.UNWANTED_MESSAGE;
                server.note(message.toString(), !isUnwanted);
                if (now == Mood.DROPS_AFTER_FINAL_DOT) {
                    return false;
                }
                reply(isUnwanted ? "554 Not wanted here" : "250 Taken");
                mails++;
                return server.limit() != Limit.HANGS_UP || !server.isOverLimit(mails);
            }
            message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return false;
    }

    private void reply(String line) throws IOException {
        connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }
}

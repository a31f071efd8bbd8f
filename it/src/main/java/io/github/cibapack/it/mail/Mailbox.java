// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.cibapack.it.server.SeenSecrets;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An SMTP server that takes mail for every address and keeps it in memory. */
public final class Mailbox implements AutoCloseable {

    /**
     * Long enough for a cold server that sends its first mail; a mail that comes is not waited for
     * any longer.
     */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    private final GreenMail greenMail;
    private final List<Consumer<ReceivedMail>> listeners = new CopyOnWriteArrayList<>();

    /** Guarded by itself; notified when a mail arrives. */
    private final List<ReceivedMail> received = new ArrayList<>();

    private Mailbox(GreenMail greenMail) {
        this.greenMail = greenMail;
    }

    /** Starts on any free port of loopback. */
    public static Mailbox start() {
        return start("127.0.0.1", 0);
    }

    /**
     * Starts where a server reaches it.
     *
     * @param bindAddress where to listen, see {@code KeycloakServer.smtpBindAddress}
     * @param port the port, or 0 for any free one
     */
    public static Mailbox start(String bindAddress, int port) {
        GreenMail greenMail =
                new GreenMail(new ServerSetup(port, bindAddress, ServerSetup.PROTOCOL_SMTP));
        Mailbox mailbox = new Mailbox(greenMail);
        greenMail.start();
        greenMail
                .getUserManager()
                .setMessageDeliveryHandler(
                        (message, recipient) -> {
                            mailbox.deliver(message.getMessage());
                            return mailbox.ownerOf(recipient.getEmail());
                        });
        return mailbox;
    }

    /** The port that it listens on. */
    public int port() {
        return greenMail.getSmtp().getPort();
    }

    /** All mails so far, the oldest first. */
    public List<ReceivedMail> all() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /**
     * Waits for the mail of an authentication request.
     *
     * @param authReqId the request's id, which stands at the end of its mail
     * @throws AssertionError if none comes within 20 seconds
     */
    public ReceivedMail awaitMailFor(String authReqId) {
        return await(mail -> mail.mentions(authReqId), TIME_LIMIT);
    }

    /**
     * Waits for a mail; one that has arrived already counts.
     *
     * @return the first that fits
     * @throws AssertionError if none has come by then; the message lists the subjects of those that
     *     have
     */
    public ReceivedMail await(Predicate<ReceivedMail> wanted, Duration timeLimit) {
        long deadline = System.nanoTime() + timeLimit.toNanos();
        synchronized (received) {
            while (true) {
                for (ReceivedMail mail : received) {
                    if (wanted.test(mail)) {
                        return mail;
                    }
                }
                long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (millis <= 0) {
                    throw new AssertionError(
                            "No such mail within %s; there is: %s"
                                    .formatted(
                                            timeLimit,
                                            received.stream().map(ReceivedMail::subject).toList()));
                }
                waitForMail(millis);
            }
        }
    }

    /** Calls the listener for each mail from now on, on the thread that received it. */
    public void onMail(Consumer<ReceivedMail> listener) {
        listeners.add(listener);
    }

    /** Stops listening: from now on, no server can deliver here. */
    @Override
    public void close() {
        greenMail.stop();
    }

    private void waitForMail(long millis) {
        try {
            received.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for mail", e);
        }
    }

    private void deliver(MimeMessage message) {
        ReceivedMail mail = ReceivedMail.of(message);
        noteSecrets(mail);
        synchronized (received) {
            received.add(mail);
            received.notifyAll();
        }
        listeners.forEach(listener -> listener.accept(mail));
    }

    private static void noteSecrets(ReceivedMail mail) {
        mail.to().forEach(SeenSecrets::add);
        if (mail.mentions("/ciba/approve/")) {
            String link = mail.magicLink().toString();
            SeenSecrets.add(link);
            SeenSecrets.add(link.substring(link.lastIndexOf('/') + 1));
        }
    }

    /** GreenMail keeps a copy per recipient and wants to know whose it is. */
    private GreenMailUser ownerOf(String address) throws UserException {
        GreenMailUser user = greenMail.getUserManager().getUserByEmail(address);
        return user != null
                ? user
                : greenMail.getUserManager().createUser(address, address, address);
    }
}

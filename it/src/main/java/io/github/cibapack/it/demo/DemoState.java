// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.rp.Exchange;
import io.github.cibapack.it.rp.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What the pages show. Pump, banking app, mailbox and HTTP clients write it; each open page waits
 * for the next version of it.
 */
final class DemoState {

    /** An evening of polling must not fill the memory. */
    private static final int EXCHANGES_KEPT = 200;

    /** How a mail stands in the list. */
    private record MailView(int number, String subject, String from, String receivedAt) {}

    /** The whole state, as one JSON message. */
    private record View(
            Pump.Display pump,
            BankApp.Display transfer,
            Pump.Display steps,
            List<Phone.Ring> rings,
            List<MailView> mails,
            List<ExchangeView> exchanges,
            List<CallView> calls) {}

    private final List<ReceivedMail> mails = new ArrayList<>();
    private final List<ExchangeView> exchanges = new ArrayList<>();
    private final List<CallView> calls = new ArrayList<>();
    private Pump.Display pump = Pump.Display.ready();
    private BankApp.Display transfer = BankApp.Display.ready();
    private Pump.Display steps = Pump.Display.ready();
    private final List<Phone.Ring> rings = new ArrayList<>();
    private long version = 1;

    synchronized void pumpChanged(Pump.Display display) {
        pump = display;
        changed();
    }

    synchronized void stepsChanged(Pump.Display display) {
        steps = display;
        changed();
    }

    synchronized void rang(Phone.Ring ring) {
        keep(rings, ring);
    }

    synchronized void transferChanged(BankApp.Display display) {
        transfer = display;
        changed();
    }

    synchronized void mailArrived(ReceivedMail mail) {
        mails.add(mail);
        changed();
    }

    synchronized void exchanged(Exchange exchange) {
        keep(exchanges, ExchangeView.of(exchange));
    }

    synchronized void called(CallView call) {
        keep(calls, call);
    }

    private <T> void keep(List<T> list, T newest) {
        list.add(newest);
        if (list.size() > EXCHANGES_KEPT) {
            list.remove(0);
        }
        changed();
    }

    /** A mail by its number in the list. */
    synchronized Optional<ReceivedMail> mail(int number) {
        return number >= 0 && number < mails.size()
                ? Optional.of(mails.get(number))
                : Optional.empty();
    }

    /**
     * Waits until there is a version after {@code seen}.
     *
     * @param millis how long at most
     * @return the newest version, which is {@code seen} if the time ran out
     */
    synchronized long awaitVersionAfter(long seen, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (version <= seen && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
        return version;
    }

    /** The state as JSON; exchanges and mails have the newest first. */
    synchronized String json() {
        List<MailView> mailViews = new ArrayList<>();
        for (int number = mails.size() - 1; number >= 0; number--) {
            ReceivedMail mail = mails.get(number);
            mailViews.add(
                    new MailView(
                            number, mail.subject(), mail.from(), mail.receivedAt().toString()));
        }
        View view =
                new View(
                        pump,
                        transfer,
                        steps,
                        newestFirst(rings),
                        mailViews,
                        newestFirst(exchanges),
                        newestFirst(calls));
        return Json.MAPPER.valueToTree(view).toString();
    }

    private static <T> List<T> newestFirst(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private void changed() {
        version++;
        notifyAll();
    }
}

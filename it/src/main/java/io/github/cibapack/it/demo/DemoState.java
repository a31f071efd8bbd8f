// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.rp.Exchange;
import io.github.cibapack.it.rp.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the pages show. Devices, mailbox and HTTP clients write it; each open page waits for the
 * next version of it.
 */
final class DemoState {

    /** An evening of polling must not fill the memory. */
    private static final int KEPT = 200;

    /** How a mail stands in the list. */
    private record MailView(int number, String subject, String from, String receivedAt) {}

    /** The whole state, as one JSON message: displays and exchanges by device. */
    private record View(
            Map<String, Display> displays,
            Map<String, List<ExchangeView>> exchanges,
            List<Phone.Ring> rings,
            List<MailView> mails) {}

    private final Map<String, Display> displays = new LinkedHashMap<>();
    private final Map<String, List<ExchangeView>> exchanges = new LinkedHashMap<>();
    private final List<Phone.Ring> rings = new ArrayList<>();
    private final List<ReceivedMail> mails = new ArrayList<>();
    private long version = 1;

    /** Takes what a device shows. */
    Consumer<Display> displayOf(String device) {
        return display -> changed(() -> displays.put(device, display));
    }

    /** Takes the calls of a device's API. */
    Consumer<ExchangeView> callsOf(String device) {
        return call -> keep(exchangesWith(device), call);
    }

    /** Takes the exchanges of a device that is a relying party. */
    Consumer<Exchange> exchangesOf(String device) {
        Consumer<ExchangeView> calls = callsOf(device);
        return exchange -> calls.accept(ExchangeView.of(exchange));
    }

    void rang(Phone.Ring ring) {
        keep(rings, ring);
    }

    void mailArrived(ReceivedMail mail) {
        changed(() -> mails.add(mail));
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

    /** The state as JSON; of each list the newest comes first. */
    synchronized String json() {
        List<MailView> mailViews = new ArrayList<>();
        for (int number = mails.size() - 1; number >= 0; number--) {
            ReceivedMail mail = mails.get(number);
            mailViews.add(
                    new MailView(
                            number, mail.subject(), mail.from(), mail.receivedAt().toString()));
        }
        Map<String, List<ExchangeView>> reversed = new LinkedHashMap<>();
        exchanges.forEach((device, list) -> reversed.put(device, newestFirst(list)));
        return Json.MAPPER
                .valueToTree(new View(displays, reversed, newestFirst(rings), mailViews))
                .toString();
    }

    private static <T> List<T> newestFirst(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private synchronized List<ExchangeView> exchangesWith(String device) {
        return exchanges.computeIfAbsent(device, none -> new ArrayList<>());
    }

    private synchronized <T> void keep(List<T> list, T newest) {
        list.add(newest);
        if (list.size() > KEPT) {
            list.remove(0);
        }
        changed(() -> {});
    }

    private synchronized void changed(Runnable change) {
        change.run();
        version++;
        notifyAll();
    }
}

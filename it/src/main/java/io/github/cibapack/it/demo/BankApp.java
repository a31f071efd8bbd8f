// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import io.github.cibapack.it.demo.CallingApp.Call;
import io.github.cibapack.it.demo.CallingApp.Order;
import io.github.cibapack.it.demo.CallingApp.Story;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Alice's banking app: what its buttons order of the transfer API. */
final class BankApp {
    private static final String PAYEE = "Bob";

    private BankApp() {}

    /** With the client and the rule of the shipped realm; its buttons are dollars. */
    static Story story() {
        return new Story(
                "demo-bank-app",
                "demo-transfers",
                "/transfers",
                TransferApi::new,
                Stream.of("20", "50", "80")
                        .collect(Collectors.toMap(Function.identity(), BankApp::transfer)));
    }

    private static Order transfer(String amount) {
        return new Order(
                TransferApi.message(PAYEE, Integer.parseInt(amount)),
                List.of(
                        new Call(
                                "{\"to\":\"%s\",\"amount\":%s}".formatted(PAYEE, amount),
                                Map.of("X-Amount", "$" + amount, "X-Payee", PAYEE))));
    }
}

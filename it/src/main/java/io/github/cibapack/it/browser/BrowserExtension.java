// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a context of its own in a browser that nobody else uses at that time: Playwright
 * must not be called by two threads at once. There are as many browsers as browser tests run at
 * once, opened on first use; the tests of one class after another share them.
 */
final class BrowserExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

    /** What opening came to. A failure is remembered: opening is tried once per run then. */
    private record Opened(Browsers browsers, BrowserUnavailable failure) {

        static Opened attempt() {
            try {
                return new Opened(Browsers.open(), null);
            } catch (BrowserUnavailable e) {
                return new Opened(null, e);
            }
        }
    }

    /** The browsers that no test uses at the moment. JUnit closes them after the last test. */
    private static final class Idle implements AutoCloseable {
        private final Deque<Opened> idle = new ArrayDeque<>();

        synchronized Opened take() {
            return idle.isEmpty() ? Opened.attempt() : idle.pop();
        }

        synchronized void giveBack(Opened opened) {
            idle.push(opened);
        }

        @Override
        public synchronized void close() {
            idle.stream()
                    .filter(opened -> opened.failure() == null)
                    .forEach(opened -> opened.browsers().close());
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Opened opened = idle(context).take();
        if (opened.failure() == null) {
            context.getStore(NAMESPACE).put(Opened.class, opened);
            return;
        }
        idle(context).giveBack(opened);
        if (System.getProperty("it.browser", "optional").equals("required")) {
            throw new IllegalStateException(
                    "it.browser=required, but there is no browser", opened.failure());
        }
        System.err.printf(
                """
                ********************************************************************************
                SKIPPED for want of a browser: %s
                %s
                Install Chromium, or name one with the environment variable CHROME.
                ********************************************************************************
                """,
                context.getDisplayName(), opened.failure().getMessage());
        Assumptions.abort(opened.failure().getMessage());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        BrowserContext used =
                context.getStore(NAMESPACE).remove(BrowserContext.class, BrowserContext.class);
        if (used != null) {
            used.close();
        }
        Opened opened = context.getStore(NAMESPACE).remove(Opened.class, Opened.class);
        if (opened != null) {
            idle(context).giveBack(opened);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Page.class || type == BrowserContext.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        BrowserContext browserContext =
                store.getOrComputeIfAbsent(
                        BrowserContext.class,
                        key ->
                                store.get(Opened.class, Opened.class)
                                        .browsers()
                                        .browser()
                                        .newContext(),
                        BrowserContext.class);
        return parameter.getParameter().getType() == Page.class
                ? browserContext.newPage()
                : browserContext;
    }

    private static Idle idle(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Idle.class, key -> new Idle(), Idle.class);
    }
}

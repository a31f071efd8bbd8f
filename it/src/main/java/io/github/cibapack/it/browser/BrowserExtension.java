// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Opens the one browser of the run on first use and gives each test a context of its own. */
final class BrowserExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

    /** What opening came to; tried once per run. JUnit closes it after the last test. */
    private record Opened(Browsers browsers, BrowserUnavailable failure) implements AutoCloseable {

        static Opened attempt() {
            try {
                return new Opened(Browsers.open(), null);
            } catch (BrowserUnavailable e) {
                return new Opened(null, e);
            }
        }

        @Override
        public void close() {
            if (browsers != null) {
                browsers.close();
            }
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Opened opened = opened(context);
        if (opened.failure() == null) {
            return;
        }
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
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Page.class || type == BrowserContext.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        BrowserContext browserContext =
                context.getStore(NAMESPACE)
                        .getOrComputeIfAbsent(
                                BrowserContext.class,
                                key -> opened(context).browsers().browser().newContext(),
                                BrowserContext.class);
        return parameter.getParameter().getType() == Page.class
                ? browserContext.newPage()
                : browserContext;
    }

    private static Opened opened(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Opened.class, key -> Opened.attempt(), Opened.class);
    }
}

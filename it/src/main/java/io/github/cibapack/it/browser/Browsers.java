// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Chromium: an installed one, or else the one that Playwright downloads. To be used by one
 * thread at a time, as all of Playwright.
 */
public final class Browsers implements AutoCloseable {

    /** No connection but to the pages under test, and nothing that waits for one. */
    private static final List<String> FLAGS =
            List.of(
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    /** Playwright would download three browsers on its own. */
    private static final Map<String, String> NO_DOWNLOAD =
            Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

    private final Playwright playwright;
    private final Browser browser;

    private Browsers(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts the browser.
     *
     * @throws BrowserUnavailable if there is none and none can be had; the message says why
     */
    static Browsers open() {
        Optional<Path> installed = Chromium.installed(System.getenv());
        if (installed.isEmpty()) {
            download();
        }
        Playwright playwright = null;
        try {
            playwright = Playwright.create(new Playwright.CreateOptions().setEnv(NO_DOWNLOAD));
            BrowserType.LaunchOptions options =
                    new BrowserType.LaunchOptions().setArgs(FLAGS).setChromiumSandbox(!isRoot());
            installed.ifPresent(options::setExecutablePath);
            return new Browsers(playwright, playwright.chromium().launch(options));
        } catch (PlaywrightException e) {
            if (playwright != null) {
                playwright.close();
            }
            throw new BrowserUnavailable(
                    installed
                            .map(path -> path + " does not start")
                            .orElse("Playwright's Chromium does not start"),
                    e);
        }
    }

    /** The browser; each test makes a context of its own in it. */
    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static void download() {
        System.err.println(
                "[it] No Chromium installed: Playwright downloads one (about 170 MB, once)");
        try {
            ProcessBuilder install =
                    Driver.ensureDriverInstalled(NO_DOWNLOAD, false).createProcessBuilder();
            install.command().addAll(List.of("install", "chromium"));
            Process process = install.redirectErrorStream(true).start();
            // Not inherited: Maven reads the standard output of this JVM as messages about tests.
            process.getInputStream().transferTo(System.err);
            int status = process.waitFor();
            if (status != 0) {
                throw new BrowserUnavailable(
                        "Playwright could not download Chromium: exit code " + status, null);
            }
        } catch (IOException e) {
            throw new BrowserUnavailable("Playwright could not download Chromium", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrowserUnavailable("Interrupted while Playwright downloaded Chromium", e);
        }
    }

    /** Chromium's sandbox refuses to run as root. */
    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}

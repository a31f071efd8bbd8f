// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks tests that need a browser. A test method may take a {@link com.microsoft.playwright.Page}
 * or a {@link com.microsoft.playwright.BrowserContext}: a fresh one, with no cookies, closed after
 * the test. Without a browser the test is skipped; with {@code -Dit.browser=required} it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserExtension.class)
@Tag("browser")
public @interface BrowserTest {}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.suite;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets so many classes with servers of their own run at once, and no more. */
final class OwnServerPlaces implements BeforeAllCallback, AfterAllCallback {

    private static final String THREADS =
            "junit.jupiter.execution.parallel.config.fixed.parallelism";

    private static Semaphore places;

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        places(context).acquire();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        places(context).release();
    }

    private static synchronized Semaphore places(ExtensionContext context) {
        if (places == null) {
            int threads =
                    context.getConfigurationParameter(THREADS).map(Integer::valueOf).orElse(1);
            places = new Semaphore(Math.max(1, threads - 2), true);
        }
        return places;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many callers, let go at the same moment. */
public final class AtOnce {
    private static final int MOST_THREADS = 40;

    private AtOnce() {}

    /** Runs the tasks side by side, at most forty at a time, and tells what each has given. */
    public static <T> List<T> run(List<Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        int threads = Math.min(MOST_THREADS, tasks.size());
        CountDownLatch ready = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> task : tasks) {
                running.add(
                        pool.submit(
                                () -> {
                                    ready.countDown();
                                    ready.await();
                                    return task.call();
                                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}

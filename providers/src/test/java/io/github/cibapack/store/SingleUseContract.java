// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * What the pack relies on in Keycloak's single-use store. One text for two stores: the one in
 * memory in the unit tests, and the real one inside a server. Each call has a transaction of its
 * own, as some stores write at its end.
 */
public final class SingleUseContract {

    private static final int SHORT = 1;
    private static final int LONG = 120;
    private static final int CALLERS = 8;
    private static final Map<String, String> NOTES = Map.of("one", "1", "two", "2");

    /** A store, and the time by which its entries end. */
    public interface Store {

        /** Does one call in a transaction of its own. */
        <T> T call(Function<SingleUseObjectProvider, T> call);

        /** Lets so many seconds pass, and a little more. */
        void pass(int seconds);
    }

    private final Store store;
    private final String prefix;
    private final List<String> broken = new ArrayList<>();

    private SingleUseContract(Store store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /**
     * Tries all of it.
     *
     * @param prefix of the keys, which nobody else uses
     * @return what does not hold; empty if the store can be relied on
     */
    public static List<String> brokenBy(Store store, String prefix) {
        SingleUseContract contract = new SingleUseContract(store, "contract." + prefix + ".");
        contract.nothingIsThere();
        contract.whatIsPutIsThere();
        contract.onlyTheFirstPutsIfAbsent();
        contract.whatIsRemovedIsGone();
        contract.whatIsThereIsReplaced();
        contract.nothingOutlivesItsTime();
        contract.oneOfManyWins();
        return contract.broken;
    }

    private void nothingIsThere() {
        String key = prefix + "nothing";
        expect("no notes where nothing is", null, call(s -> s.get(key)));
        expect("nothing is contained", false, call(s -> s.contains(key)));
        expect("nothing is removed", null, call(s -> s.remove(key)));
        expect("nothing is replaced", false, call(s -> s.replace(key, NOTES)));
    }

    private void whatIsPutIsThere() {
        String key = prefix + "put";
        put(key, LONG, NOTES);
        expect("notes that were put", NOTES, call(s -> s.get(key)));
        expect("what was put is contained", true, call(s -> s.contains(key)));
        put(key, LONG, Map.of("three", "3"));
        expect("later notes", Map.of("three", "3"), call(s -> s.get(key)));
    }

    private void onlyTheFirstPutsIfAbsent() {
        String key = prefix + "absent";
        expect("the first is taken", true, call(s -> s.putIfAbsent(key, LONG)));
        expect("the second is not", false, call(s -> s.putIfAbsent(key, LONG)));
        expect("it has no notes", Map.of(), call(s -> s.get(key)));
        String taken = prefix + "absent.put";
        put(taken, LONG, NOTES);
        expect("what was put is not absent", false, call(s -> s.putIfAbsent(taken, LONG)));
        expect("it keeps its notes", NOTES, call(s -> s.get(taken)));
    }

    private void whatIsRemovedIsGone() {
        String key = prefix + "removed";
        put(key, LONG, NOTES);
        expect("what is removed", NOTES, call(s -> s.remove(key)));
        expect("it is gone", null, call(s -> s.get(key)));
        expect("it is removed once", null, call(s -> s.remove(key)));
        expect("the key is free again", true, call(s -> s.putIfAbsent(key, LONG)));
    }

    private void whatIsThereIsReplaced() {
        String key = prefix + "replaced";
        put(key, LONG, NOTES);
        expect("it is replaced", true, call(s -> s.replace(key, Map.of("four", "4"))));
        expect("by the new notes", Map.of("four", "4"), call(s -> s.get(key)));
    }

    private void nothingOutlivesItsTime() {
        String put = prefix + "ended.put";
        String absent = prefix + "ended.absent";
        put(put, SHORT, NOTES);
        call(s -> s.putIfAbsent(absent, SHORT));
        store.pass(SHORT);
        expect("an ended entry has no notes", null, call(s -> s.get(put)));
        expect("an ended entry is not contained", false, call(s -> s.contains(put)));
        expect("an ended entry is not replaced", false, call(s -> s.replace(put, NOTES)));
        expect("an ended entry is not removed", null, call(s -> s.remove(put)));
        expect("an ended key is free again", true, call(s -> s.putIfAbsent(absent, LONG)));
    }

    private void oneOfManyWins() {
        String key = prefix + "race";
        expect("winners of putIfAbsent", 1L, winners(() -> call(s -> s.putIfAbsent(key, LONG))));
        expect("winners of remove", 1L, winners(() -> call(s -> s.remove(key)) != null));
    }

    private static long winners(Callable<Boolean> task) {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            long winners = 0;
            List<Callable<Boolean>> tasks = Collections.nCopies(CALLERS, task);
            for (Future<Boolean> result : callers.invokeAll(tasks)) {
                winners += result.get() ? 1 : 0;
            }
            return winners;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            callers.shutdownNow();
        }
    }

    private void put(String key, int seconds, Map<String, String> notes) {
        call(
                s -> {
                    s.put(key, seconds, notes);
                    return true;
                });
    }

    private <T> T call(Function<SingleUseObjectProvider, T> call) {
        return store.call(call);
    }

    private void expect(String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            broken.add(what + ": expected " + expected + " but was " + found);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.store;

import java.util.Map;
import org.keycloak.models.SingleUseObjectProvider;

/** Runs inside the server: tells everybody who takes a key that they were first. */
final class BrokenStore implements SingleUseObjectProvider {
    private final SingleUseObjectProvider real;

    BrokenStore(SingleUseObjectProvider real) {
        this.real = real;
    }

    @Override
    public boolean putIfAbsent(String key, long lifespanInSeconds) {
        real.putIfAbsent(key, lifespanInSeconds);
        return true;
    }

    @Override
    public void put(String key, long lifespanSeconds, Map<String, String> notes) {
        real.put(key, lifespanSeconds, notes);
    }

    @Override
    public Map<String, String> get(String key) {
        return real.get(key);
    }

    @Override
    public Map<String, String> remove(String key) {
        return real.remove(key);
    }

    @Override
    public boolean replace(String key, Map<String, String> notes) {
        return real.replace(key, notes);
    }

    @Override
    public boolean contains(String key) {
        return real.contains(key);
    }

    @Override
    public void close() {
        real.close();
    }
}

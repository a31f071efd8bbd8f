// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.suite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Spreads the classes with servers of their own among the others. They exclude each other and take
 * longest: side by side, one would hold threads up that only wait for its end, and the last of them
 * would run alone.
 */
public final class SpreadOwnServers implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        List<ClassDescriptor> classes = new ArrayList<>(context.getClassDescriptors());
        classes.sort(Comparator.comparing(found -> found.getTestClass().getName()));
        Deque<ClassDescriptor> own = new ArrayDeque<>();
        Deque<ClassDescriptor> others = new ArrayDeque<>();
        classes.forEach(found -> (found.isAnnotated(OwnServer.class) ? own : others).add(found));
        List<ClassDescriptor> spread = spread(own, others);
        context.getClassDescriptors().sort(Comparator.comparingInt(spread::indexOf));
    }

    /** The own ones in the first two thirds: JUnit's threads begin at both ends. */
    private static List<ClassDescriptor> spread(
            Deque<ClassDescriptor> own, Deque<ClassDescriptor> others) {
        int between = own.isEmpty() ? 0 : others.size() * 2 / 3 / own.size();
        List<ClassDescriptor> spread = new ArrayList<>();
        while (!own.isEmpty()) {
            spread.add(own.remove());
            for (int i = 0; i < between; i++) {
                spread.add(others.remove());
            }
        }
        spread.addAll(others);
        return spread;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * A view of one of Keycloak's interfaces in which some methods answer otherwise. It is for the few
 * places where Keycloak's own endpoint or grant leaves no other way to change what it sees; see
 * {@code docs/adr/0005-session-views-and-the-hand-over.md}.
 */
public final class SessionView {
    private SessionView() {}

    /** What Keycloak's own object would answer. */
    @FunctionalInterface
    public interface Original {
        Object answer() throws Throwable;
    }

    /** The answer of a method that answers otherwise. */
    @FunctionalInterface
    public interface Answer {
        Object to(Object[] arguments, Original original) throws Throwable;
    }

    /**
     * A view.
     *
     * @param type of the target
     * @param answers by the name of the method
     */
    public static <T> T of(Class<T> type, T target, Map<String, Answer> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        SessionView.class.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            Original original = () -> call(target, method, arguments);
                            Answer otherwise = answers.get(method.getName());
                            return otherwise == null
                                    ? original.answer()
                                    : otherwise.to(arguments, original);
                        }));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

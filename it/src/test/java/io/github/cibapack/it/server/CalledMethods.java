// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassType;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The methods of the pack that a server calls, as a debugger is told of them: a breakpoint at the
 * beginning of each, at which nothing stops. Records, enums, interfaces, exceptions, classes that
 * are not loaded yet, and libraries do not count.
 */
final class CalledMethods implements AutoCloseable {
    private static final String PACK = "io.github.cibapack.";
    private static final String LIBRARIES = PACK + "shaded.";
    private static final Set<String> NO_LOGIC =
            Set.of("java.lang.Record", "java.lang.Enum", "java.lang.Throwable");
    private static final String LOOPBACK = "127.0.0.1";

    /** Far longer than a debugger needs to be told of the next call. */
    private static final long QUIET_MILLIS = 30_000;

    private final VirtualMachine server;

    private CalledMethods(VirtualMachine server) {
        this.server = server;
    }

    /**
     * One call.
     *
     * @param thread that made it
     * @param type top-level name of its class
     * @param method name of the class, and of the method behind a dot
     */
    record Call(long thread, String type, String method) {}

    /** A server that can be attached to at this port. */
    static ServerOptions watchedAt(int port) {
        return ServerOptions.defaults()
                .withEnvironment(
                        "JAVA_TOOL_OPTIONS",
                        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=%s:%d"
                                .formatted(LOOPBACK, port));
    }

    static CalledMethods at(int port) {
        AttachingConnector socket =
                Bootstrap.virtualMachineManager().attachingConnectors().stream()
                        .filter(connector -> connector.transport().name().equals("dt_socket"))
                        .findFirst()
                        .orElseThrow();
        Map<String, Connector.Argument> where = socket.defaultArguments();
        where.get("hostname").setValue(LOOPBACK);
        where.get("port").setValue(String.valueOf(port));
        try {
            VirtualMachine server = socket.attach(where);
            server.allClasses().stream()
                    .filter(type -> type.name().startsWith(PACK))
                    .filter(type -> !type.name().startsWith(LIBRARIES))
                    // those of lambdas, whose code is a method of the class around them
                    .filter(type -> !type.name().contains("/"))
                    .filter(ReferenceType::isPrepared)
                    .filter(CalledMethods::hasLogic)
                    .flatMap(type -> type.methods().stream())
                    .filter(method -> !method.isAbstract() && !method.isNative())
                    .forEach(method -> watch(server, method));
            return new CalledMethods(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void watch(VirtualMachine server, Method method) {
        BreakpointRequest entry =
                server.eventRequestManager().createBreakpointRequest(method.location());
        entry.setSuspendPolicy(EventRequest.SUSPEND_NONE);
        entry.enable();
    }

    /**
     * What is called while this is done until one method is, in the order of the calls; all of it
     * if that one is not.
     *
     * @param last as {@link Call#method} names it
     */
    List<Call> during(Runnable work, String last) throws InterruptedException {
        work.run();
        server.eventRequestManager().deleteAllBreakpoints();
        List<Call> calls = new ArrayList<>();
        while (calls.stream().noneMatch(call -> call.method().equals(last))) {
            EventSet events = server.eventQueue().remove(QUIET_MILLIS);
            if (events == null) {
                break;
            }
            for (Event event : events) {
                if (event instanceof BreakpointEvent entry) {
                    calls.add(call(entry.thread().uniqueID(), entry.location().method()));
                }
            }
        }
        return calls;
    }

    private static Call call(long thread, Method method) {
        ReferenceType type = method.declaringType();
        return new Call(thread, topLevel(type), type.name() + "." + method.name());
    }

    private static boolean hasLogic(ReferenceType type) {
        return type instanceof ClassType own && isPlain(own);
    }

    private static String topLevel(ReferenceType type) {
        return type.name().replaceFirst("\\$.*", "");
    }

    private static boolean isPlain(ClassType type) {
        return Stream.iterate(type, Objects::nonNull, ClassType::superclass)
                .map(ClassType::name)
                .noneMatch(NO_LOGIC::contains);
    }

    @Override
    public void close() {
        server.dispose();
    }
}

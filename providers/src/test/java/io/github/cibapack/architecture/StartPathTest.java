// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.cibapack.channel.EmailChannelKind;
import io.github.cibapack.delivery.DeliveryQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How many classes a start at {@code as/cibaAuthorization} may go through until its mail is queued:
 * the closure of all calls, with every branch, hint and refusal, for e-mail. A call of an interface
 * or a parent goes to all implementations that are made on the way.
 */
class StartPathTest {
    private static final String PACK = "io.github.cibapack.";

    /** One more than there are: a class with a reason of its own has room. */
    private static final int MOST = 130;

    /** What comes after the queue, instead of it, or with an {@code Idempotency-Key} alone. */
    private static final Set<String> NOT_ON_THE_WAY =
            Set.of(
                    "io.github.cibapack.intake.IdempotentStart",
                    "io.github.cibapack.message.Outbox$Reservation.sendNow",
                    DeliveryQueue.class.getName(),
                    DeliveryQueue.Place.class.getName());

    private final JavaClasses pack =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(PACK);
    private final Map<JavaCodeUnit, Set<JavaAccess<?>>> accesses = new HashMap<>();
    private final Set<JavaCodeUnit> seen = new HashSet<>();
    private final Deque<JavaCodeUnit> open = new ArrayDeque<>();
    private final Set<JavaClass> made = new HashSet<>();
    private final Set<CodeUnitAccessTarget> called = new HashSet<>();

    @Test
    void startGoesThroughABoundedNumberOfClasses() {
        for (JavaClass type : pack) {
            type.getAccessesFromSelf()
                    .forEach(
                            access ->
                                    accesses.computeIfAbsent(
                                                    access.getOrigin(), none -> new HashSet<>())
                                            .add(access));
        }
        make(pack.get(EmailChannelKind.class));
        pack.get(PACK + "pingone.AsResource").getCodeUnits().stream()
                .filter(unit -> List.of("authorize", "<init>").contains(unit.getName()))
                .forEach(this::visit);
        follow();

        assertThat(
                        seen.stream()
                                .map(unit -> topLevel(unit.getOwner()))
                                .filter(name -> hasLogic(pack.get(name)))
                                .distinct()
                                .sorted())
                .hasSizeLessThanOrEqualTo(MOST);
    }

    private void follow() {
        int before;
        do {
            before = seen.size();
            while (!open.isEmpty()) {
                accesses.getOrDefault(open.pop(), Set.of()).forEach(this::follow);
            }
            called.stream().flatMap(this::implementations).toList().forEach(this::visit);
        } while (seen.size() > before);
    }

    private void follow(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        if (owner.getName().startsWith(PACK)) {
            owner.getStaticInitializer().ifPresent(this::visit);
        }
        if (access.getTarget() instanceof CodeUnitAccessTarget target) {
            called.add(target);
            target.resolveMember().ifPresent(this::visit);
        }
    }

    private Stream<JavaMethod> implementations(CodeUnitAccessTarget target) {
        return made.stream()
                .filter(type -> type.isAssignableTo(target.getOwner().getName()))
                .flatMap(StartPathTest::withParents)
                .flatMap(
                        type ->
                                type
                                        .tryGetMethod(
                                                target.getName(),
                                                target.getRawParameterTypes().stream()
                                                        .map(JavaClass::getName)
                                                        .toArray(String[]::new))
                                        .stream());
    }

    private void visit(JavaCodeUnit unit) {
        String owner = unit.getOwner().getName();
        if (owner.startsWith(PACK)
                && !NOT_ON_THE_WAY.contains(owner)
                && !NOT_ON_THE_WAY.contains(owner + "." + unit.getName())
                && seen.add(unit)) {
            open.add(unit);
            if (unit.isConstructor()) {
                make(unit.getOwner());
            }
        }
    }

    private void make(JavaClass type) {
        made.add(type);
    }

    private static Stream<JavaClass> withParents(JavaClass type) {
        return Stream.of(
                        Stream.of(type),
                        type.getAllRawSuperclasses().stream(),
                        type.getAllRawInterfaces().stream())
                .flatMap(parents -> parents);
    }

    private static String topLevel(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    private static boolean hasLogic(JavaClass type) {
        return !type.isRecord()
                && !type.isEnum()
                && !type.isInterface()
                && !type.isAssignableTo(Throwable.class);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.links;

import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds members as the virtual machine does: in a class, then in what it inherits from. */
final class Hierarchy {
    private final ClassFiles files;

    Hierarchy(ClassFiles files) {
        this.files = files;
    }

    /**
     * A member of a class, its own or inherited (JVMS §5.4.3.2 to §5.4.3.4).
     *
     * @param type the class to begin with
     * @param member name and descriptor
     * @return who declares it, and its modifiers; empty if it is missing
     */
    Optional<Declared> find(String type, String member) {
        Optional<ClassShape> shape = files.find(type);
        if (shape.isEmpty()) {
            return Optional.empty();
        }
        Integer access = shape.get().members().get(member);
        if (access != null) {
            return Optional.of(new Declared(type, access));
        }
        Optional<Declared> inherited = Optional.empty();
        for (String parent : shape.get().parents()) {
            Optional<Declared> found = find(parent, member).filter(Declared::isInherited);
            // an implementation wins over a declaration, wherever it stands
            if (found.isPresent() && (inherited.isEmpty() || inherited.get().isAbstract())) {
                inherited = found;
            }
        }
        return inherited;
    }

    /** What a class and all that it inherits from leave abstract, in the words for people. */
    Stream<String> leftAbstract(String type) {
        Map<String, Declared> declared = new LinkedHashMap<>();
        collect(type, declared);
        return declared.entrySet().stream()
                .filter(entry -> !isImplemented(type, entry.getKey()))
                .map(entry -> (entry.getValue().owner() + "." + entry.getKey()).replace('/', '.'));
    }

    private boolean isImplemented(String type, String member) {
        return find(type, member).filter(found -> !found.isAbstract()).isPresent();
    }

    private void collect(String type, Map<String, Declared> found) {
        files.find(type)
                .ifPresent(
                        shape -> {
                            shape.members()
                                    .forEach(
                                            (member, access) -> {
                                                if (Modifier.isAbstract(access)) {
                                                    found.put(member, new Declared(type, access));
                                                }
                                            });
                            shape.parents().forEach(parent -> collect(parent, found));
                        });
    }

    /**
     * A member where it is declared.
     *
     * @param owner the declaring class
     * @param access its modifiers
     */
    record Declared(String owner, int access) {

        boolean isAbstract() {
            return Modifier.isAbstract(access);
        }

        boolean isFinal() {
            return Modifier.isFinal(access);
        }

        boolean isInherited() {
            return !Modifier.isPrivate(access);
        }
    }
}

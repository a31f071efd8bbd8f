// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.links;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What of a class others can link to.
 *
 * @param access its modifiers (JVMS §4.1)
 * @param parents superclass first, then interfaces; empty for {@code Object}
 * @param members modifiers of each field and method that it declares, by name and descriptor
 */
record ClassShape(int access, List<String> parents, Map<String, Integer> members) {

    boolean isInterface() {
        return Modifier.isInterface(access);
    }

    boolean isFinal() {
        return Modifier.isFinal(access);
    }

    static ClassShape of(byte[] classFile) {
        Collector collector = new Collector();
        new ClassReader(classFile)
                .accept(
                        collector,
                        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new ClassShape(collector.access, collector.parents, collector.members);
    }

    /** The shape of a class of Java itself: those may be newer than any reader of class files. */
    static ClassShape of(Class<?> type) {
        List<String> parents = new ArrayList<>();
        if (type.getSuperclass() != null) {
            parents.add(type.getSuperclass().getName().replace('.', '/'));
        }
        for (Class<?> implemented : type.getInterfaces()) {
            parents.add(implemented.getName().replace('.', '/'));
        }
        Map<String, Integer> members = new HashMap<>();
        for (Method method : type.getDeclaredMethods()) {
            MethodType form =
                    MethodType.methodType(method.getReturnType(), method.getParameterTypes());
            members.put(method.getName() + form.descriptorString(), method.getModifiers());
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            MethodType form = MethodType.methodType(void.class, constructor.getParameterTypes());
            members.put("<init>" + form.descriptorString(), constructor.getModifiers());
        }
        for (Field field : type.getDeclaredFields()) {
            members.put(field.getName() + field.getType().descriptorString(), field.getModifiers());
        }
        return new ClassShape(type.getModifiers(), parents, members);
    }

    private static final class Collector extends ClassVisitor {
        private final List<String> parents = new ArrayList<>();
        private final Map<String, Integer> members = new HashMap<>();
        private int access;

        Collector() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int modifiers,
                String name,
                String signature,
                String superName,
                String[] interfaces) {
            access = modifiers;
            if (superName != null) {
                parents.add(superName);
            }
            parents.addAll(List.of(interfaces));
        }

        @Override
        public FieldVisitor visitField(
                int modifiers, String name, String descriptor, String signature, Object value) {
            members.put(name + descriptor, modifiers);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int modifiers,
                String name,
                String descriptor,
                String signature,
                String[] exceptions) {
            members.put(name + descriptor, modifiers);
            return null;
        }
    }
}

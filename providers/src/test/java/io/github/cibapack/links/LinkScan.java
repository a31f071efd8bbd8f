// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.links;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes the list of {@link Links}: the build runs it over the pack's own class files. */
public final class LinkScan {
    private static final String PACK = "io/github/cibapack/";

    /** Tags of the constant pool (JVMS §4.4). */
    private static final int CLASS = 7;

    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;

    private final ClassFiles files = new ClassFiles(LinkScan.class.getClassLoader());
    private final Hierarchy hierarchy = new Hierarchy(files);
    private final Map<Head, Set<Link>> lists = new TreeMap<>(Comparator.comparing(Head::user));

    /** Those that the class at hand needs. */
    private Set<Link> found = new LinkedHashSet<>();

    private LinkScan() {}

    /**
     * Scans a folder of class files and writes the list into it.
     *
     * @param arguments the folder
     */
    public static void main(String... arguments) throws IOException {
        Path classes = Path.of(arguments[0]);
        Path list = classes.resolve(Links.FILE);
        Files.createDirectories(list.getParent());
        Files.write(list, new LinkScan().scan(classes));
    }

    private List<String> scan(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> classes =
                    found.filter(file -> file.toString().endsWith(".class")).sorted().toList();
            for (Path file : classes) {
                scan(Files.readAllBytes(file));
            }
        }
        return lists.entrySet().stream()
                .map(
                        list ->
                                new Links(
                                        list.getKey().user(),
                                        list.getKey().otherwise(),
                                        List.copyOf(list.getValue())))
                .flatMap(Links::lines)
                .toList();
    }

    private void scan(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            if (at == 0) {
                continue; // the second half of a long
            }
            switch (reader.readByte(at - 1)) {
                case CLASS -> addType(Link.Need.TYPE, reader.readUTF8(at, buffer));
                case FIELD -> addMember(Link.Need.FIELD, reader, at, buffer);
                case METHOD -> addMember(Link.Need.METHOD, reader, at, buffer);
                case INTERFACE_METHOD -> addMember(Link.Need.INTERFACE_METHOD, reader, at, buffer);
                default -> {}
            }
        }
        addDeclared(reader.getClassName(), ClassShape.of(classFile));
        Heads heads = Heads.of(reader);
        found.forEach(link -> listOf(heads.of(link)).add(link));
        found = new LinkedHashSet<>();
    }

    private Set<Link> listOf(Head head) {
        return lists.computeIfAbsent(head, any -> new LinkedHashSet<>());
    }

    private void addType(Link.Need need, String name) {
        Type type = Type.getObjectType(name);
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        if (element.getSort() == Type.OBJECT && isOfServer(element.getInternalName())) {
            found.add(Link.to(need, element.getInternalName()));
        }
    }

    private void addMember(Link.Need need, ClassReader reader, int at, char[] buffer) {
        String owner = reader.readClass(at, buffer);
        if (owner.startsWith("[")) {
            return; // every array has the methods of Object
        }
        int nameAndType = reader.getItem(reader.readUnsignedShort(at + 2));
        String name = reader.readUTF8(nameAndType, buffer);
        String descriptor = reader.readUTF8(nameAndType + 2, buffer);
        if (isOfServer(owner)) {
            found.add(new Link(need, owner, name, descriptor));
        } else if (isPack(owner)) {
            // what is called on a class of the pack may be inherited from one of the server's
            hierarchy
                    .find(owner, name + descriptor)
                    .map(Hierarchy.Declared::owner)
                    .filter(LinkScan::isOfServer)
                    .ifPresent(
                            parent ->
                                    found.add(
                                            new Link(
                                                    needOf(need, parent),
                                                    parent,
                                                    name,
                                                    descriptor)));
        }
    }

    private Link.Need needOf(Link.Need need, String owner) {
        if (need == Link.Need.FIELD) {
            return need;
        }
        return files.find(owner).filter(ClassShape::isInterface).isPresent()
                ? Link.Need.INTERFACE_METHOD
                : Link.Need.METHOD;
    }

    private void addDeclared(String name, ClassShape shape) {
        shape.members().keySet().forEach(this::addTypes);
        shape.parents().forEach(parent -> addType(Link.Need.PARENT, parent));
        shape.members()
                .forEach(
                        (member, access) -> {
                            if (!Modifier.isStatic(access)
                                    && !Modifier.isPrivate(access)
                                    && member.contains("(")
                                    && !member.startsWith("<")) {
                                shape.parents().forEach(parent -> addOverride(parent, member));
                            }
                        });
        if (!Modifier.isAbstract(shape.access()) && isChildOfServer(name)) {
            found.add(Link.to(Link.Need.WHOLE, name));
        }
    }

    private void addOverride(String parent, String member) {
        int open = member.indexOf('(');
        hierarchy
                .find(parent, member)
                .map(Hierarchy.Declared::owner)
                .filter(LinkScan::isOfServer)
                .ifPresent(
                        owner ->
                                found.add(
                                        new Link(
                                                Link.Need.OVERRIDE,
                                                owner,
                                                member.substring(0, open),
                                                member.substring(open))));
    }

    private boolean isChildOfServer(String name) {
        return files.find(name).stream()
                .flatMap(shape -> shape.parents().stream())
                .anyMatch(
                        parent ->
                                isOfServer(parent) || (isPack(parent) && isChildOfServer(parent)));
    }

    /** The types of a member's descriptor: who looks at the pack's classes resolves them. */
    private void addTypes(String member) {
        int open = member.indexOf('(');
        if (open >= 0) {
            Type method = Type.getMethodType(member.substring(open));
            Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getArgumentTypes()))
                    .forEach(this::addType);
        }
    }

    private void addType(Type type) {
        if (type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY) {
            addType(Link.Need.TYPE, type.getInternalName());
        }
    }

    private static boolean isOfServer(String type) {
        return !ClassFiles.isOfJava(type) && !isPack(type) && !isCarried(type);
    }

    private static boolean isPack(String type) {
        return type.startsWith(PACK);
    }

    /** What the JAR brings along. */
    private static boolean isCarried(String type) {
        return type.startsWith("com/nimbusds/")
                || type.startsWith("net/minidev/")
                || type.startsWith("org/objectweb/asm/")
                || type.startsWith("dev/failsafe/")
                || type.startsWith("com/networknt/")
                || type.startsWith("org/apache/commons/pool2/")
                || type.startsWith("org/greenbytes/");
    }

    /** Under which head a link stands: none, or that of what {@link NeedsNewer}. */
    private record Head(String user, String otherwise) {}

    /** The heads of a class: its own, and those of methods that override. */
    private static final class Heads extends ClassVisitor {
        private final String type;
        private final Map<String, Head> ofMethods = new HashMap<>();
        private Head ofClass = new Head("", "");

        private Heads(String type) {
            super(Opcodes.ASM9);
            this.type = type;
        }

        static Heads of(ClassReader reader) {
            Heads heads = new Heads(reader.getClassName().replace('/', '.'));
            reader.accept(heads, ClassReader.SKIP_CODE);
            return heads;
        }

        Head of(Link link) {
            return link.need() == Link.Need.OVERRIDE
                    ? ofMethods.getOrDefault(link.member(), ofClass)
                    : ofClass;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return sentence(descriptor, otherwise -> ofClass = new Head(type, otherwise));
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String method, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                    return sentence(
                            descriptor,
                            otherwise ->
                                    ofMethods.put(
                                            name + method, new Head(type + "#" + name, otherwise)));
                }
            };
        }

        private static AnnotationVisitor sentence(String descriptor, Consumer<String> found) {
            if (!descriptor.equals(Type.getDescriptor(NeedsNewer.class))) {
                return null;
            }
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visit(String name, Object value) {
                    found.accept(value.toString());
                }
            };
        }
    }
}

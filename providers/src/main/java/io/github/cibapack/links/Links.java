// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.links;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What classes of the pack link to, as the build has read it from their class files.
 *
 * @param user the class that can be done without, in the form of {@link Class#getName}; empty for
 *     all that cannot
 * @param otherwise what cannot be done without it; empty for all that cannot be done without
 * @param links what is linked to
 */
public record Links(String user, String otherwise, List<Link> links) {

    /** Where the JAR has the list. */
    public static final String FILE = "META-INF/keycloak-ciba-pack/links";

    private static final String HEAD = "# ";

    /** The lists of the pack that this class is part of; the first is of what is always needed. */
    public static List<Links> ofPack() {
        try (BufferedReader file =
                new BufferedReader(
                        new InputStreamReader(
                                Links.class.getResourceAsStream("/" + FILE),
                                StandardCharsets.UTF_8))) {
            return parse(file.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Links> parse(List<String> lines) {
        List<Links> lists = new ArrayList<>();
        lists.add(new Links("", "", new ArrayList<>()));
        for (String line : lines) {
            if (line.startsWith(HEAD)) {
                String[] head = line.substring(HEAD.length()).split(" ", 2);
                lists.add(new Links(head[0], head[1], new ArrayList<>()));
            } else {
                lists.get(lists.size() - 1).links().add(Link.of(line));
            }
        }
        return lists;
    }

    /** The form of the file. */
    public Stream<String> lines() {
        Stream<String> body = links.stream().map(Link::line).sorted();
        return user.isEmpty()
                ? body
                : Stream.concat(Stream.of(HEAD + user + " " + otherwise), body);
    }

    /** Those that lead nowhere, in the words for people. */
    List<String> missingIn(ClassFiles server) {
        Hierarchy hierarchy = new Hierarchy(server);
        return links.stream()
                .flatMap(link -> missing(link, server, hierarchy))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> missing(Link link, ClassFiles server, Hierarchy hierarchy) {
        Optional<ClassShape> owner = server.find(link.owner());
        if (owner.isEmpty()) {
            return Stream.of(link.owner().replace('/', '.'));
        }
        if (link.need() == Link.Need.WHOLE) {
            return hierarchy.leftAbstract(link.owner()).map(left -> left + " (is new)");
        }
        boolean there =
                switch (link.need()) {
                    case TYPE -> true;
                    case PARENT -> !owner.get().isFinal();
                    case FIELD -> isMember(link, hierarchy);
                    case METHOD -> !owner.get().isInterface() && isMember(link, hierarchy);
                    case INTERFACE_METHOD -> owner.get().isInterface() && isMember(link, hierarchy);
                    case OVERRIDE -> isOpen(link, hierarchy);
                    case WHOLE -> throw new IllegalStateException("Answered above");
                };
        return there ? Stream.empty() : Stream.of(link.shown());
    }

    private static boolean isMember(Link link, Hierarchy hierarchy) {
        return hierarchy
                .find(link.owner(), link.member())
                .filter(Hierarchy.Declared::isInherited)
                .isPresent();
    }

    private static boolean isOpen(Link link, Hierarchy hierarchy) {
        return hierarchy
                .find(link.owner(), link.member())
                .filter(found -> found.isInherited() && !found.isFinal())
                .isPresent();
    }
}

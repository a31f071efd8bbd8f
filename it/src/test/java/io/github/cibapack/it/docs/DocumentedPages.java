// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown pages of the repository, and the shell blocks in them. */
public final class DocumentedPages {

    static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    /** A block, with the comment in the line above it, if there is one. */
    private static final Pattern BLOCK =
            Pattern.compile("(?m)(?:^ *<!-- ([^\n]*) -->\n)?^( *)```sh\n(?s:(.*?))^ *```$");

    private static final String TESTED = "tested: ";
    private static final String NOT_RUN = "not run by a test: ";

    /**
     * A shell block.
     *
     * @param page where it stands
     * @param comment what stands above it; empty if nothing does
     * @param script the commands
     */
    record Block(Path page, String comment, String script) {

        /** The name by which a test runs it. */
        Optional<String> name() {
            return comment.startsWith(TESTED)
                    ? Optional.of(comment.substring(TESTED.length()))
                    : Optional.empty();
        }

        boolean saysWhyItIsNotRun() {
            return comment.startsWith(NOT_RUN) && comment.length() > NOT_RUN.length() + 10;
        }
    }

    private DocumentedPages() {}

    /** All pages that people read; built and downloaded ones are not among them. */
    static List<Path> all() {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("docs", "realm-config", ".github")) {
            try (Stream<Path> files = Files.walk(TOP.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        for (String page : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")) {
            pages.add(TOP.resolve(page));
        }
        return pages;
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks() {
        return all().stream().flatMap(DocumentedPages::blocks).toList();
    }

    /** The commands of the block with this name. */
    public static String script(String name) {
        return blocks().stream()
                .filter(block -> block.name().equals(Optional.of(name)))
                .map(Block::script)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No block is called " + name));
    }

    private static Stream<Block> blocks(Path page) {
        Matcher block = BLOCK.matcher(text(page));
        return block.results()
                .map(
                        found ->
                                new Block(
                                        page,
                                        Optional.ofNullable(found.group(1)).orElse(""),
                                        found.group(3).replace("\n" + found.group(2), "\n")));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A path in all the ways in which a server behind the gateway may read it. No two servers decode
 * and clean a path alike, and nobody here knows which one is there: a path is let off only where no
 * reading is a protected path.
 *
 * <ol>
 *   <li>The path is split at its slashes, and each segment is decoded once, as UTF-8.
 *   <li>A path <em>in doubt</em> may be read as any other, and always needs an approval: with an
 *       escape that is none; with bytes that are not UTF-8, overlong forms among them; with an
 *       empty segment ({@code //}) that is not the last; with a segment of dots, or one of which
 *       dots remain when its end is cut off ({@code ..}, {@code .%20}); with a segment that begins
 *       with a blank, {@code +} or {@code (} (a session of ASP.NET); with anything else than
 *       letters, digits and {@code - _ . ~ : @ ! $ & ' ( ) * + , =} and blanks. So {@code %2f},
 *       {@code \}, {@code ;}, {@code %3f}, {@code %23}, {@code %00}, what is encoded twice, and
 *       every slash, dot, blank and invisible character that is not of ASCII is in doubt.
 *   <li>A segment may be read as what stands before any of its characters but letters, digits,
 *       {@code -} and {@code _}: {@code transfers.json}, {@code transfers.}, {@code transfers%20}
 *       and {@code transfers:x} all may be {@code transfers}. Where nothing stands before it, the
 *       segment may vanish.
 *   <li>A segment may be read without its {@code -}, {@code _} and dots, and so may the one of the
 *       rule: {@code trans-fers} may be {@code transfers}. One that has nothing else may vanish.
 *   <li>A segment with a letter or digit that is not of ASCII, or with {@code ~1} as in a short
 *       name of Windows, may be any segment; one of such letters alone may vanish.
 *   <li>Where a segment has an extension ({@code x.php}), or the protected path ends in one, the
 *       path may end behind any segment, and may begin behind one with an extension: a server may
 *       run a script and give it the rest ({@code PATH_INFO}).
 *   <li>A protected path that ends in a file name is also the one without the extension, and its
 *       folder.
 *   <li>A slash at the end changes nothing. Capital and small letters are the same, unless the rule
 *       says that they are not.
 * </ol>
 *
 * All of it takes time in proportion to the path and the pattern, and no recursion.
 */
final class ReadPath {
    private final Optional<List<PathSegment>> segments;

    /** Behind which segments it may begin: where there are scripts, it may also end anywhere. */
    private final BitSet beginnings = new BitSet();

    private ReadPath(Optional<List<PathSegment>> segments) {
        this.segments = segments;
        beginnings.set(0);
        for (int i = 0; i < segments.map(List::size).orElse(0); i++) {
            beginnings.set(i + 1, segments.get().get(i).isFile());
        }
    }

    /** Reads a path as it was sent, beginning with a slash, without its query. */
    static ReadPath of(String path) {
        List<PathSegment> read = new ArrayList<>();
        String[] sent = path.split("/", -1);
        for (int i = 1; i < sent.length; i++) {
            if (i == sent.length - 1 && sent[i].isEmpty()) {
                break;
            }
            Optional<PathSegment> segment = PathSegment.read(sent[i]);
            if (segment.isEmpty()) {
                return new ReadPath(Optional.empty());
            }
            read.add(segment.get());
        }
        return new ReadPath(Optional.of(read));
    }

    /** Whether it may be read as any path. */
    boolean isInDoubt() {
        return segments.isEmpty();
    }

    /** Whether a server may read it as a path of a pattern. */
    boolean mayBe(PathPattern pattern) {
        if (isInDoubt()) {
            return true;
        }
        BitSet reached = vanishing((BitSet) beginnings.clone());
        for (int i = 0; i < pattern.length(); i++) {
            reached =
                    vanishing(
                            pattern.isAnyNumber(i) ? onwards(reached) : next(pattern, i, reached));
        }
        boolean endsAnywhere = beginnings.cardinality() > 1 || pattern.isFile();
        return endsAnywhere ? !reached.isEmpty() : reached.get(segments.get().size());
    }

    private BitSet next(PathPattern pattern, int index, BitSet reached) {
        BitSet then = new BitSet();
        for (int at = 0; at < segments.get().size(); at++) {
            then.set(at + 1, reached.get(at) && pattern.matches(index, segments.get().get(at)));
        }
        return then;
    }

    private BitSet onwards(BitSet reached) {
        if (!reached.isEmpty()) {
            reached.set(reached.nextSetBit(0), segments.get().size() + 1);
        }
        return reached;
    }

    private BitSet vanishing(BitSet reached) {
        for (int at = 0; at < segments.get().size(); at++) {
            if (reached.get(at) && segments.get().get(at).mayVanish()) {
                reached.set(at + 1);
            }
        }
        return reached;
    }
}

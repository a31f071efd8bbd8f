// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The patterns of a schema. They are Java's, which can take for ever; here one is given up after so
 * many looks at the text. A client chooses the text.
 */
final class BoundedPatterns implements RegularExpressionFactory {
    /** Of a text with 255 characters, a pattern that goes through it once needs a few hundred. */
    private static final int MOST_LOOKS = 50_000;

    private boolean unreadable;

    @Override
    public RegularExpression getRegularExpression(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex);
            return value -> pattern.matcher(new Watched(value, new AtomicInteger())).find();
        } catch (PatternSyntaxException e) {
            // thrown from here, it would be logged with the pattern
            unreadable = true;
            return value -> {
                throw new SchemaException("unreadable pattern");
            };
        }
    }

    /** Whether one of them is no pattern. */
    boolean hasUnreadable() {
        return unreadable;
    }

    /**
     * A text that counts how often it is looked at.
     *
     * @param looks so far, its parts included
     */
    private record Watched(CharSequence text, AtomicInteger looks) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (looks.incrementAndGet() > MOST_LOOKS) {
                throw new SchemaException("a pattern takes too long");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.subSequence(start, end), looks);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}

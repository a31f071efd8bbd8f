// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.common.util.HtmlUtils;
import org.keycloak.models.RealmModel;

/** The name of a realm for people. A display name that shows nothing counts as not set. */
public final class RealmName {
    private static final Pattern TAG =
            Pattern.compile("(?is)<(script|style|template)\\b.*?</\\1\\s*>|<!--.*?-->|<[^>]*>");
    private static final Pattern REFERENCE =
            Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z0-9]{1,40}));?");
    private static final int HEX = 16;
    private static final int DECIMAL = 10;

    /** An image, or an element to which the theme's style sheets can add one. */
    private static final Pattern PAINTED =
            Pattern.compile("(?i)<(?:img|svg|[a-z0-9]+[^>]*\\s(?:class|id|style)\\s*=)");

    /** Named character references of HTML that show nothing. */
    private static final Set<String> BLANKS =
            Set.of(
                    """
                    nbsp NonBreakingSpace ensp emsp emsp13 emsp14 numsp puncsp thinsp ThinSpace
                    hairsp VeryThinSpace ThickSpace MediumSpace ZeroWidthSpace
                    NegativeVeryThinSpace NegativeThinSpace NegativeMediumSpace
                    NegativeThickSpace zwnj zwj lrm rlm shy NoBreak Tab NewLine ApplyFunction
                    af InvisibleTimes it InvisibleComma ic
                    """
                            .split("\\s+", 0));

    private RealmName() {}

    /** The realm's display name, else its name. */
    public static String of(RealmModel realm) {
        return Optional.ofNullable(realm.getDisplayName())
                .map(Texts::name)
                .filter(name -> !name.isEmpty())
                .orElseGet(() -> Texts.name(realm.getName()));
    }

    /** The name as HTML, as the realm may define it; not sanitized. */
    public static String html(RealmModel realm) {
        return Optional.ofNullable(realm.getDisplayNameHtml())
                .filter(RealmName::showsSomething)
                .orElseGet(() -> HtmlUtils.escapeAttribute(of(realm)));
    }

    static boolean showsSomething(String html) {
        if (PAINTED.matcher(html).find()) {
            return true;
        }
        String text =
                REFERENCE
                        .matcher(TAG.matcher(html).replaceAll(""))
                        .replaceAll(found -> Matcher.quoteReplacement(character(found)));
        return !Texts.name(text).isEmpty();
    }

    private static String character(MatchResult reference) {
        if (reference.group(3) != null) {
            return BLANKS.contains(reference.group(3)) ? "" : reference.group();
        }
        int point =
                reference.group(1) != null
                        ? Integer.parseInt(reference.group(1), DECIMAL)
                        : Integer.parseInt(reference.group(2), HEX);
        return Character.isValidCodePoint(point) ? Character.toString(point) : "";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.component.ComponentModel;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;

/**
 * The variants of a policy: how they are written, and whose requests get which. A user keeps the
 * variant from request to request, and from version to version of a policy as far as the weights
 * allow, because the choice hangs on nothing but realm, policy name and user.
 */
final class Variants {
    static final String RANGE =
            "name=<name> weight=<per cent> and any of templates, approvalMode, approvalLevel,"
                    + " numberMatching; at most 10, weights sum to 100";

    private static final String NAME = "name";
    private static final String WEIGHT = "weight";
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{1,64}=[!-~]{1,256}");
    private static final int MOST = 10;
    private static final int WHOLE = 100;

    private Variants() {}

    /** What a variant can have of its own. */
    private static List<Setting<?>> overridable() {
        return List.of(
                CibaPolicyFactory.TEMPLATES,
                CibaPolicyFactory.APPROVAL_MODE,
                CibaPolicyFactory.APPROVAL_LEVEL,
                CibaPolicyFactory.NUMBER_MATCHING);
    }

    /**
     * Reads the lines of the setting.
     *
     * @throws IllegalArgumentException with the rule that is broken
     */
    static List<Variant> parse(List<String> lines) {
        if (lines.size() > MOST) {
            throw new IllegalArgumentException("must be at most " + MOST);
        }
        List<Variant> variants = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String line : lines) {
            Variant variant = variant(line);
            if (!names.add(variant.name())) {
                throw new IllegalArgumentException(
                        "must have a name each: " + variant.name() + " stands there twice");
            }
            variants.add(variant);
        }
        int sum = variants.stream().mapToInt(Variant::weight).sum();
        if (sum != WHOLE) {
            throw new IllegalArgumentException(
                    "must have weights that sum to " + WHOLE + ", not " + sum);
        }
        // Keycloak does not keep the order of a component's values, and who gets which hangs on it
        variants.sort(Comparator.comparing(Variant::name));
        return List.copyOf(variants);
    }

    private static Variant variant(String line) {
        Map<String, String> words = words(line);
        String name = words.remove(NAME);
        if (name == null || !Setting.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "must each begin with name=<name>, 1–64 of a–z, 0–9 and -");
        }
        int weight = weight(name, words.remove(WEIGHT));
        for (String key : words.keySet()) {
            requireAllowed(name, key, words);
        }
        return new Variant(name, weight, words);
    }

    private static Map<String, String> words(String line) {
        Map<String, String> words = new HashMap<>();
        for (String word : line.trim().split("\\s+", -1)) {
            if (!WORD.matcher(word).matches()) {
                throw new IllegalArgumentException(
                        "must be made of key=value, separated by spaces");
            }
            String key = word.substring(0, word.indexOf('='));
            if (words.put(key, word.substring(key.length() + 1)) != null) {
                throw new IllegalArgumentException("must have each key once: " + key);
            }
        }
        return words;
    }

    private static int weight(String name, String text) {
        if (text == null || !text.matches("[0-9]{1,3}") || Integer.parseInt(text) > WHOLE) {
            throw new IllegalArgumentException(
                    "must have a whole weight, 0–" + WHOLE + ": variant " + name);
        }
        return Integer.parseInt(text);
    }

    private static void requireAllowed(String name, String key, Map<String, String> words) {
        Optional<Setting<?>> setting =
                overridable().stream().filter(allowed -> allowed.key().equals(key)).findFirst();
        if (setting.isEmpty()) {
            throw new IllegalArgumentException("cannot have " + key + ": variant " + name);
        }
        ComponentModel alone = new ComponentModel();
        alone.put(key, words.get(key));
        try {
            setting.get().of(alone);
        } catch (InvalidSettingException e) {
            throw new IllegalArgumentException(
                    "have a wrong " + key + ", it " + e.rule() + ": variant " + name, e);
        }
    }

    /** The variant of a user; empty if the policy has none. */
    static Optional<Variant> of(
            List<Variant> variants, String realmId, String policy, String userId) {
        if (variants.isEmpty()) {
            return Optional.empty();
        }
        int point = point(realmId, policy, userId);
        int upTo = 0;
        for (Variant variant : variants) {
            upTo += variant.weight();
            if (point < upTo) {
                return Optional.of(variant);
            }
        }
        return Optional.empty();
    }

    /** Where a user stands between 0 and 99: the same for ever, and evenly spread. */
    private static int point(String realmId, String policy, String userId) {
        byte[] hash =
                HashUtils.hash(
                        JavaAlgorithm.SHA256,
                        String.join("\n", realmId, policy, userId)
                                .getBytes(StandardCharsets.UTF_8));
        return (int) Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), WHOLE);
    }
}

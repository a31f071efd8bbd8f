// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.component.ComponentModel;

/**
 * How a client's list names a policy: {@code payments}, which is its latest version, or {@code
 * payments@2}.
 *
 * @param name of the policy
 * @param version the one that is pinned, if any
 */
record PolicyReference(String name, Optional<Integer> version) {
    private static final Pattern FORM =
            Pattern.compile("(" + Setting.NAME.pattern() + ")(?:@([1-9][0-9]{0,5}))?");

    static final Comparator<PolicyReference> BY_NAME_HIGHEST_FIRST =
            Comparator.comparing(PolicyReference::name)
                    .thenComparing(
                            reference -> reference.version().orElse(Integer.MAX_VALUE),
                            Comparator.reverseOrder());

    /** This very version of a policy, where it has a name. */
    static Optional<PolicyReference> to(ComponentModel policy) {
        return CibaPolicyFactory.NAME
                .of(policy)
                .map(
                        name ->
                                new PolicyReference(
                                        name, Optional.of(CibaPolicyFactory.VERSION.of(policy))));
    }

    /** What the text refers to, if it can be a reference at all. */
    static Optional<PolicyReference> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<Integer> version = Optional.ofNullable(parts.group(2)).map(Integer::valueOf);
        return Optional.of(new PolicyReference(parts.group(1), version));
    }

    /** As a client's list would name it. */
    @Override
    public String toString() {
        return name + version.map(number -> "@" + number).orElse("");
    }

    /** Whether a value of {@code acr_values} means this entry: by the name, or word for word. */
    boolean isMeantBy(PolicyReference wanted) {
        return name.equals(wanted.name())
                && (wanted.version().isEmpty() || wanted.version().equals(version));
    }
}

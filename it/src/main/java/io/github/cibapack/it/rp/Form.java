// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Form parameters in their order; one may come twice, which a map could not say.
 *
 * @param parameters names and values as they are before encoding
 */
public record Form(List<Parameter> parameters) {

    public record Parameter(String name, String value) {}

    public Form {
        parameters = List.copyOf(parameters);
    }

    public static Form empty() {
        return new Form(List.of());
    }

    /**
     * A form with these parameters.
     *
     * @param namesAndValues name, value, name, value, …
     */
    public static Form of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("A name without a value");
        }
        Form form = empty();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form = form.and(namesAndValues[i], namesAndValues[i + 1]);
        }
        return form;
    }

    /** This form with one more parameter at the end. */
    public Form and(String name, String value) {
        List<Parameter> longer = new ArrayList<>(parameters);
        longer.add(new Parameter(name, value));
        return new Form(longer);
    }

    /** This form with those of another one at the end. */
    public Form and(Form others) {
        List<Parameter> longer = new ArrayList<>(parameters);
        longer.addAll(others.parameters());
        return new Form(longer);
    }

    /** {@code application/x-www-form-urlencoded}. */
    public String encoded() {
        return parameters.stream()
                .map(parameter -> encoded(parameter.name()) + "=" + encoded(parameter.value()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

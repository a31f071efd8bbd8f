// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The id of a request follows from the secret of its link, and nothing follows from the id. */
class RequestIdsTest {
    private final String secret = Requests.newSecret();
    private final String id = RequestIds.ofLink(secret);

    @Test
    void sameLinkLeadsToTheSameRequest() {
        assertThat(RequestIds.ofLink(secret)).isEqualTo(id);
        assertThat(RequestIds.ofLink(Requests.newSecret())).isNotEqualTo(id);
    }

    @Test
    void requestOfARuleIsKeptApart() {
        String ofRule = RequestIds.ofLinkOfRule(secret);

        assertThat(ofRule).isNotEqualTo(id);
        assertThat(RequestIds.shown(ofRule)).isEqualTo(RequestIds.shown(id));
        assertThat(RequestIds.isOfRule(ofRule)).isTrue();
        assertThat(RequestIds.fromAuthReqId(RequestIds.shown(ofRule))).contains(id);
    }

    @Test
    void idOfARequestIsNoSecretOfALink() {
        assertThat(RequestIds.ofLink(id)).isNotEqualTo(id);
        assertThat(RequestIds.ofLink(RequestIds.shown(id))).isNotEqualTo(id);
        assertThat(id).doesNotContain(secret);
    }
}

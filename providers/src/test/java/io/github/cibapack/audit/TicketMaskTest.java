// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.Base64;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class TicketMaskTest {

    @Property
    void ticketIsMaskedWhereverItStands(@ForAll @Size(32) byte[] secret) {
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);

        for (String path :
                new String[] {
                    "/realms/demo/ciba/approve/" + ticket,
                    "/realms/demo/ciba/approve/" + ticket + "/more",
                    "/realms/demo/ciba/approve//" + ticket + "%0a",
                    "/realms/demo/CIBA/approve/" + ticket,
                    "/" + ticket + "/" + ticket
                }) {
            assertThat(TicketMask.mask(path)).doesNotContain(ticket).contains("{ticket}");
        }
    }

    @Example
    void otherLabelsStay() {
        Meter.Id id =
                new Meter.Id(
                        "http.server.requests",
                        Tags.of("uri", "/realms/demo/ciba/inbox", "status", "405"),
                        null,
                        null,
                        Meter.Type.TIMER);

        assertThat(new TicketMask().map(id)).isEqualTo(id);
        assertThat(
                        new TicketMask()
                                .map(
                                        id.withTag(
                                                Tags.of("uri", "/realms/a/ciba/approve/b")
                                                        .iterator()
                                                        .next()))
                                .getTag("uri"))
                .isEqualTo("/realms/a/ciba/approve/{ticket}");
    }
}

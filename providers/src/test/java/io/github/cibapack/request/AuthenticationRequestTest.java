// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.audit.PolicyFacts;
import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.store.PendingSlots;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticationRequestTest {
    private static final String ID = "as.0b6a4c9e-2f7d-4a01-9f55-0c7f0d6f2b11";

    private static final AuthenticationRequest WHOLE =
            new AuthenticationRequest(
                    ID,
                    "realm",
                    "client",
                    "user",
                    "email",
                    Optional.of(new PolicyFacts("policy", Optional.of(3), Optional.of("B"))),
                    "openid profile",
                    Optional.of("scopes"),
                    Optional.of("2"),
                    Optional.of("Pay 12 €"),
                    Optional.of("[{\"type\":\"payment\"}]"),
                    Optional.of("https://api.example/a urn:client:b"),
                    new RequestContext(
                            Optional.of("192.0.2.1"),
                            Optional.of("Bern"),
                            Optional.of("laptop"),
                            Optional.of("agent")),
                    Optional.of(new OneTimeUse("api.example.com", "agent", "user")),
                    Optional.of("hash"),
                    Optional.of(new ToldAttributes(List.of("chat", "phone"), "told")),
                    "203.0.113.7",
                    "correlation",
                    100,
                    400,
                    new ApprovalTerms(
                            true,
                            Optional.of("gold"),
                            15,
                            Optional.of(new MatchNumbers("42", List.of("17", "42", "93")))),
                    new ReservedSlots(
                            Optional.of(
                                    new PendingSlots.Slots(
                                            "slot.u.0", "slot.c.0", PendingSlots.Notice.INBOX)),
                            List.of("a.1", "a.2"),
                            List.of("gate"),
                            "pauses",
                            List.of(new ReservedSlots.Claim("day.1", "claimed", 5)),
                            86_400),
                    Optional.of("ciba.link.hash"));

    private static final AuthenticationRequest BARE =
            new AuthenticationRequest(
                    ID,
                    "realm",
                    "client",
                    "user",
                    "http",
                    Optional.empty(),
                    "openid",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    RequestContext.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "203.0.113.7",
                    "correlation",
                    100,
                    400,
                    ApprovalTerms.NONE,
                    ReservedSlots.NONE,
                    Optional.empty());

    @Test
    void whatIsKeptIsWhatWasTakenIn() {
        assertThat(AuthenticationRequest.of(ID, WHOLE.toNotes())).isEqualTo(WHOLE);
        assertThat(AuthenticationRequest.of(ID, BARE.toNotes())).isEqualTo(BARE);
    }

    @Test
    void onlyTheChannelChangesWhenARequestGoesOn() {
        AuthenticationRequest rerouted = WHOLE.over("http");

        assertThat(rerouted.channel()).isEqualTo("http");
        assertThat(rerouted.over("email")).isEqualTo(WHOLE);
    }

    @Test
    void requestThatAnotherServerDecidesHasNoPage() {
        assertThat(WHOLE.hasPage()).isTrue();
        assertThat(BARE.hasPage()).isFalse();
    }

    @Test
    void approvalOutlivesItsRequestWithoutAnyTextOfIt() {
        AuthenticationRequest kept = AuthenticationRequest.of(ID, WHOLE.toLastingNotes(900));

        assertThat(kept.expiresAt()).isEqualTo(900);
        assertThat(kept.terms()).isEqualTo(WHOLE.terms());
        assertThat(kept.bindingMessage()).isEmpty();
        assertThat(kept.context()).isEqualTo(RequestContext.NONE);
    }

    @Test
    void linkOpensTheApprovalOnlyIfItOpenedTheRequest() {
        AuthenticationRequest linked =
                AuthenticationRequest.of(ID, BARE.toNotes(AuthenticationRequest.ID));

        assertThat(linked.isOpenedByItsId()).isTrue();
        assertThat(AuthenticationRequest.of(ID, linked.toLastingNotes(900)).isOpenedByItsId())
                .isTrue();
        assertThat(AuthenticationRequest.of(ID, BARE.toNotes()).isOpenedByItsId()).isFalse();
        assertThat(AuthenticationRequest.of(ID, BARE.toLastingNotes(900)).isOpenedByItsId())
                .isFalse();
        assertThat(AuthenticationRequest.of(ID, WHOLE.toLastingNotes(900)).isOpenedByItsId())
                .isFalse();
    }

    @Test
    void receiptHasAllThatTheTokenWasAskedFor() {
        AuthenticationRequest kept = AuthenticationRequest.of(ID, WHOLE.toReceiptNotes());

        assertThat(kept.scope()).isEqualTo(WHOLE.scope());
        assertThat(kept.bindingMessage()).isEqualTo(WHOLE.bindingMessage());
        assertThat(kept.authorizationDetails().map(AuthorizationDetails::json))
                .isEqualTo(WHOLE.details());
        assertThat(kept.resources()).isEqualTo(WHOLE.resources()).isPresent();
        assertThat(kept.once()).isEqualTo(WHOLE.once());
    }
}

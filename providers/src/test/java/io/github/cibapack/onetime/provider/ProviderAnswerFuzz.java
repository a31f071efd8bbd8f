// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import io.github.cibapack.fuzz.FuzzInput;
import io.github.cibapack.outbound.OutboundAnswer;
import java.io.IOException;

/** What another token provider answers: its document, to a request, and to a poll. */
public final class ProviderAnswerFuzz {
    private static final Issuer ISSUER = new Issuer("https://op.example");

    private ProviderAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws ParseException {
        String text = new FuzzInput(bytes).text();
        for (int status : new int[] {200, 400}) {
            HTTPResponse answer = GuardedSender.response(new OutboundAnswer(status, text));
            refusable(() -> new DiscoveryDocuments().of("realm", ISSUER, request -> answer));
            refusable(() -> RemoteAnswer.started(answer));
            refusable(() -> RemoteAnswer.polled(answer));
        }
        refusable(() -> ApprovalProof.keys(text));
        RemoteRequest.read(text);
    }

    private interface Read {
        void run() throws IOException, ParseException;
    }

    private static void refusable(Read read) {
        try {
            read.run();
        } catch (IOException | ParseException e) {
            // refused as designed
        }
    }
}

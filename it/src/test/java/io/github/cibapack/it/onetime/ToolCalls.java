// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.MailReader;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An MCP server behind a real gateway: the user is asked about tools, not about a path. */
abstract class ToolCalls extends BehindAGateway {
    ToolCalls(GatewayKind kind) {
        super(kind);
    }

    /** MCP is one path: what is asked about is the tool and its arguments, bound by the digest. */
    @Test
    void toolOfAnMcpServerIsCalledOnceAsItWasShown() throws Exception {
        String tool = "transfer-" + UUID.randomUUID();
        ApiCall call =
                call("mcp", "POST", "/mcp?" + tool)
                        .withBodyShown(
                                toolCall(
                                        tool, "{\"to\":\"bob\",\"amount\":50,\"note\":\"für €\"}"));

        Answer pending = call.send();

        assertThat(pending.text("binding_message"))
                .as(pending.body())
                .isEqualTo("Use the tool " + tool);
        ReceivedMail mail = mailAbout(tool);
        assertThat(mail.text())
                .contains("Use of a tool", "Tool: " + tool, "arguments › to: bob")
                .contains("arguments › amount: 50", "arguments › note: für €")
                .doesNotContain("/mcp");
        assertThat(MailReader.reads(mail.magicLink()).body()).contains("arguments › amount");
        MailReader.approves(mail);
        ApiCall retry = call.retrying(pending);
        assertThat(retry.withBodyShown(toolCall(tool, "{\"to\":\"mallory\"}")).send().error())
                .isEqualTo("transaction_mismatch");
        assertThat(retry.send().status()).isEqualTo(200);
        assertThat(arrivals(call)).hasSize(1);
        Api.Arrival arrival = arrivals(call).get(0);
        assertThat(arrival.body()).isEqualTo(call.body());
        assertThat(arrival.header("Approval-Body")).as("for the rule alone").isEmpty();
        SignedJWT receipt = SignedJWT.parse(arrival.header("One-Time-Authorization-Receipt"));
        assertThat(receipt.getJWTClaimsSet().getStringClaim("binding_message"))
                .isEqualTo("Use the tool " + tool);
        assertThat(
                        Json.MAPPER
                                .valueToTree(
                                        receipt.getJWTClaimsSet().getClaim("authorization_details"))
                                .toString())
                .isEqualTo(
                        "[{\"type\":\"mcp_tool_call\",\"name\":\"%s\",\"arguments\":{\"to\":\"bob\",\"amount\":50,\"note\":\"für €\"}}]"
                                .formatted(tool));
        assertThat(receipt.getJWTClaimsSet().getStringClaim("approval_mode")).isEqualTo("link");
        assertThat(receipt.getJWTClaimsSet().getStringClaim("api"))
                .as("the host as the gateway has it: Caddy names the port")
                .matches("127\\.0\\.0\\.1(:\\d+)?");
        assertThat(receipt.getJWTClaimsSet().getStringClaim("caller_client")).isEqualTo("bank-app");
    }

    @Test
    void otherMethodsOfAnMcpServerPassAndWhatIsInDoubtDoesNot() {
        ApiCall any = call("mcp", "POST", "/mcp?" + UUID.randomUUID());
        ApiCall call = any.withBodyShown(toolCall("transfer", "{\"to\":\"bob\"}"));

        assertThat(any.withBodyShown("{\"method\":\"tools/list\"}").send().status()).isEqualTo(200);
        assertThat(arrivals(any)).hasSize(1);
        for (ApiCall doubtful :
                List.of(
                        call.without("Approval-Body"),
                        call.without("Content-Digest"),
                        any.withBodyShown("{\"Method\":\"tools/call\"}"),
                        any.withBodyShown("{\"method\":\"ping\",\"METHOD\":\"tools/call\"}"),
                        any.withBodyShown("[" + call.body() + "]"),
                        call.with(
                                "Approval-Body",
                                any.withBodyShown("{\"method\":\"ping\"}")
                                        .headers()
                                        .get(call.headers().size() - 1)))) {
            assertThat(doubtful.send().status()).as(doubtful.toString()).isEqualTo(400);
        }
        assertThat(arrivals(any)).hasSize(1);
    }

    /** The longest body that may come along passes every gateway. */
    @Test
    void longestBodyThatIsShownReachesTheRule() {
        String tool = "t".repeat(100);
        String rest = toolCall(tool, "{\"to\":\"bob\"}");
        String padded =
                rest.substring(0, rest.length() - 1) + " ".repeat(4096 - rest.length()) + "}";

        Answer pending = call("mcp", "POST", "/mcp").withBodyShown(padded).send();

        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
    }

    static String toolCall(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
                .formatted(tool, arguments);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.docs.DocumentedPages;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.Axe;
import io.github.cibapack.it.page.Pictures;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.MailReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The receipt that a user downloads: all that was approved, verified by the documentation's lines.
 */
class ReceiptIT extends BehindAGateway {
    ReceiptIT() {
        super(GatewayKind.NGINX);
    }

    @Test
    @BrowserTest
    void userDownloadsAReceiptOfAllThatWasApproved(Page page, @TempDir Path folder)
            throws Exception {
        String tool = "transfer-" + UUID.randomUUID();
        ApiCall call =
                call("mcp", "POST", "/mcp?" + tool)
                        .withBodyShown(ToolCalls.toolCall(tool, "{\"to\":\"bob\",\"amount\":50}"));
        Answer pending = call.send();
        MailReader.approves(mailAbout(tool));
        assertThat(call.retrying(pending).send().status()).isEqualTo(200);

        openTheList(page);
        Locator row =
                page.locator("ul[aria-labelledby=ciba-approvals] li")
                        .filter(new Locator.FilterOptions().setHasText(tool));
        assertThat(row.innerText()).contains("Bank", "127.0.0.1", "Use the tool " + tool);
        assertThat(Axe.violations(page)).isEmpty();
        Pictures.leave(page, "page-inbox-receipt-en");
        Download download = page.waitForDownload(() -> row.locator("a[download]").click());
        assertThat(download.suggestedFilename()).endsWith(".jwt");
        String file = Files.readString(download.path());

        SignedJWT receipt = SignedJWT.parse(file.strip());
        assertThat(receipt.verify(new RSASSAVerifier(key(receipt.getHeader().getKeyID()))))
                .isTrue();
        assertThat(receipt.getHeader().getType().getType()).isEqualTo("approval-receipt+jwt");
        JWTClaimsSet claims = receipt.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(realm.url("").toString());
        assertThat(claims.getSubject()).isEqualTo(realm.userId("alice"));
        assertThat(claims.getStringClaim("binding_message")).isEqualTo("Use the tool " + tool);
        assertThat(Json.MAPPER.valueToTree(claims.getClaim("authorization_details")).toString())
                .contains("\"name\":\"" + tool + "\"", "\"to\":\"bob\"", "\"amount\":50");
        assertThat(claims.getStringClaim("approval_mode")).isEqualTo("link");
        assertThat(Instant.ofEpochSecond(claims.getLongClaim("decided_at")))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(claims.getClaim("scope")).as("nobody got access").isNull();

        Files.writeString(folder.resolve("receipt.jwt"), file);
        assertThat(verified(folder)).contains("Verified OK", tool);
        Files.writeString(folder.resolve("receipt.jwt"), forged(file.strip()) + "\n");
        assertThat(verified(folder)).doesNotContain("Verified OK", tool);
    }

    @Test
    @BrowserTest
    void receiptOfSomebodyElseIsUnknown(Page page) {
        String path = newPath();
        ApiCall.transfer(gateway("retry"), Bank.tokenOf(realm, OTHER), path).send();
        ReceivedMail mail = mailAbout(path);
        MailReader.approves(mail);
        String id = mail.text().replaceFirst("(?s).*Request id: (\\S+).*", "$1");

        openTheList(page);
        assertThat(page.locator("main").innerText()).doesNotContain(path);
        Response answer = page.navigate(realm.url("/ciba/requests/" + id + "/receipt").toString());

        assertThat(answer.status()).isEqualTo(404);
    }

    private void openTheList(Page page) {
        page.navigate(realm.url("/ciba/requests").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "alice");
        page.waitForSelector("#ciba-pending");
        assertThat(page.locator(".ciba-account").innerText()).contains("Signed in as alice.");
    }

    private static String forged(String receipt) {
        String[] parts = receipt.split("\\.", 3);
        String body =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace("bob", "eve");
        return parts[0]
                + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(body.getBytes(StandardCharsets.UTF_8))
                + "."
                + parts[2];
    }

    private String verified(Path folder) throws Exception {
        ProcessBuilder shell =
                new ProcessBuilder("bash", "-uc", DocumentedPages.script("verify-receipt"))
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        shell.environment().put("ISSUER", realm.url("").toString());
        Process running = shell.start();
        String printed = String.join("\n", running.inputReader().lines().toList());
        running.waitFor();
        return printed;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.docs.DocumentedPages;
import io.github.cibapack.it.rp.MailReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caller that the documentation shows, behind nginx. */
class DocumentedCallerIT extends BehindAGateway {

    DocumentedCallerIT() {
        super(GatewayKind.NGINX);
    }

    /** The page's own lines of shell, in which a header's name may have any case. */
    @Test
    void callerOfTheDocumentationRetriesUntilItIsApproved(@TempDir Path folder) throws Exception {
        ProcessBuilder caller =
                new ProcessBuilder("bash", "-euc", DocumentedPages.script("retry-loop"))
                        .directory(folder.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        String path = newPath();
        caller.environment().put("API", gateway("retry") + path);
        caller.environment().put("TOKEN", alice);
        caller.environment().put("BODY", "{\"amount\":50}");
        Process running = caller.start();

        MailReader.approves(mailAbout(path));

        assertThat(running.inputReader().lines().reduce("", String::concat)).contains("\"done\"");
        assertThat(running.waitFor()).isZero();
    }
}

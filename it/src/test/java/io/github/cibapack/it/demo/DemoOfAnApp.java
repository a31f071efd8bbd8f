// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.server.FreePort;
import java.net.URI;
import java.util.Map;

/**
 * The demo with one application that calls an API.
 *
 * @param app the application
 * @param page its page
 * @param url of the page
 */
record DemoOfAnApp(CallingApp app, DemoPage page, String url) implements AutoCloseable {

    /**
     * Opens it on a realm.
     *
     * @param device its name on the pages
     */
    static DemoOfAnApp open(RealmFixture realm, String device, CallingApp.Story story) {
        DemoState state = new DemoState();
        realm.mailbox().onMail(state::mailArrived);
        URI issuer = realm.gasPump().issuer();
        CallingApp app =
                CallingApp.open(
                        story,
                        issuer,
                        realm.secretOf(story.client()),
                        realm.setting(story.rule(), "gatewaySecret"),
                        state.displayOf(device),
                        state.callsOf(device));
        int port = FreePort.any();
        DemoPage page = DemoPage.open(port, state, issuer, Map.of(device, app));
        return new DemoOfAnApp(app, page, "http://127.0.0.1:" + port + "/" + device);
    }

    @Override
    public void close() {
        page.close();
        app.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.github.cibapack.it.realm.RealmFixture;
import java.util.List;

/** The console's page of one kind of settings: its list, and the form of one of them. */
final class ConsolePage {
    private static final double CLICK_LOST = 15_000;

    private final Page page;

    private ConsolePage(Page page) {
        this.page = page;
    }

    /** Signs in to the realm's console. */
    static ConsolePage signIn(Page page, RealmFixture realm) {
        page.navigate(realm.server().url("/admin/" + realm.name() + "/console/").toString());
        page.fill("input[name=username]", ConsoleAdmin.USERNAME);
        page.fill("input[name=password]", ConsoleAdmin.PASSWORD);
        page.click("#kc-login");
        page.getByTestId("page-nav").or(page.locator("nav")).first().waitFor();
        return new ConsolePage(page);
    }

    /** Follows an entry of the navigation. */
    ConsolePage open(String title) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(title).setExact(true))
                .click();
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(title).setExact(true))
                .waitFor();
        return this;
    }

    /** Opens a tab of the realm's settings, loaded anew. */
    ConsolePage openRealmTab(String title) {
        page.getByTestId("nav-item-realm-settings").click();
        reloadAndClick(title);
        try {
            page.getByTestId("save").waitFor(new Locator.WaitForOptions().setTimeout(CLICK_LOST));
        } catch (TimeoutError e) {
            // while its parts arrive, the console may draw its tabs anew and lose a click
            reloadAndClick(title);
        }
        return awaitForm();
    }

    private void reloadAndClick(String title) {
        page.reload();
        page.getByText(title, new Page.GetByTextOptions().setExact(true)).click();
    }

    /** The entries of the navigation, once the one of this title is there. */
    List<String> navigation(String title) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(title).setExact(true))
                .first()
                .waitFor();
        return page.locator("nav a").allInnerTexts();
    }

    /** The empty form of a new one. */
    ConsolePage create() {
        page.getByText("Create item").first().click();
        return awaitForm();
    }

    /** The form of an existing one, from the list. */
    ConsolePage edit(String name) {
        row(name).getByRole(AriaRole.LINK).click();
        return awaitForm();
    }

    ConsolePage fill(String key, String value) {
        page.getByTestId(key).fill(value);
        return this;
    }

    ConsolePage choose(String key, String option) {
        page.locator("#" + key).click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option).setExact(true))
                .click();
        return this;
    }

    /** Picks a client, whose list is searched as one types. */
    ConsolePage pick(String key, String client) {
        Locator input = page.locator("[id='config." + key + "'] input");
        input.click();
        input.fill(client);
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(client).setExact(true))
                .click();
        return this;
    }

    String chosen(String key) {
        return page.locator("#" + key).innerText().strip();
    }

    boolean isOn(String key) {
        return page.locator("#" + key).isChecked();
    }

    ConsolePage switchOn(String key) {
        // the switch itself is hidden behind what is drawn for it
        page.locator("label:has(#" + key + ")").click();
        return this;
    }

    String value(String key) {
        return page.getByTestId(key).inputValue();
    }

    /** What the question mark beside a field says. */
    String help(String key) {
        page.getByTestId("help-label-config." + key).click();
        Locator popover = page.locator(".pf-v5-c-popover__body");
        String text = popover.innerText();
        page.keyboard().press("Escape");
        popover.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return text;
    }

    /** Saves and gives what the console says to it. */
    String save() {
        Locator alerts = page.locator(".pf-v5-c-alert-group .pf-v5-c-alert__title");
        closeAlerts(alerts);
        page.getByTestId("save").click();
        return alerts.first().innerText();
    }

    /** What the form says beneath a field. */
    String complaint(String text) {
        page.getByTestId("save").click();
        return page.getByText(text).first().innerText();
    }

    List<String> columns() {
        return page.locator("th").allInnerTexts().stream()
                .map(String::strip)
                .filter(column -> !column.isEmpty())
                .toList();
    }

    /** The cells of the row of this name, once it is there. */
    List<String> cells(String name) {
        row(name).waitFor();
        return row(name).locator("td").allInnerTexts().stream().map(String::strip).toList();
    }

    /** Deletes one from the list, and waits until it has gone. */
    void delete(String name) {
        row(name).locator("button").last().click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Delete")).click();
        page.getByTestId("confirm").click();
        // not before: behind the dialog no row can be found by its role
        page.getByText("The item has been deleted").waitFor();
        row(name).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    private ConsolePage awaitForm() {
        page.getByTestId("save").waitFor();
        return this;
    }

    private Locator row(String name) {
        return page.locator("tbody tr")
                .filter(
                        new Locator.FilterOptions()
                                .setHas(
                                        page.getByRole(
                                                AriaRole.LINK,
                                                new Page.GetByRoleOptions()
                                                        .setName(name)
                                                        .setExact(true))));
    }

    private void closeAlerts(Locator alerts) {
        while (alerts.count() > 0) {
            int before = alerts.count();
            page.locator(".pf-v5-c-alert-group .pf-v5-c-alert__action button").first().click();
            page.waitForCondition(() -> alerts.count() < before);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;

/** Every setting of the two kinds of policy: what it takes, what it refuses, and in which words. */
class CibaPolicySettingsTest {

    private static final List<SettingsComponentFactory> KINDS =
            List.of(new CibaPolicyFactory(), new NotificationPolicyFactory());

    @ParameterizedTest
    @CsvSource({"true, PICK", "false, OFF", "pick, PICK", "off, OFF", "type, TYPE"})
    void numberMatchingReadsWhatIsStoredSinceItWasAFlag(String stored, NumberMatching meant) {
        ComponentModel component = new ComponentModel();
        component.put("numberMatching", stored);

        assertThat(CibaPolicyFactory.NUMBER_MATCHING.of(component)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name|payments|Payments|1–64 of a–z, 0–9 and -",
                "version|1|0|1–999999",
                "version|999999|1000000|1–999999",
                "clients|gas pump|gas\u0007pump|client IDs of 1–255 characters",
                "channels|email,http,inbox|email,sms|must be one of email, http, inbox",
                "channelDelays|email=1|email=0|channel=seconds, 1–3600",
                "channelDelays|email=3600,http=7|email=3601|channel=seconds, 1–3600",
                "webhookChannelUrl|https://a.example/x|ftp://a.example|an http or https URL",
                "webhookChannelSecret|0123456789abcdef|0123456789abcde|at least 16 characters",
                "webhookChannelAttributes|phoneNumber|a,b|names of at most 10 attributes",
                "httpUrl|https://ask.example/x|ftp://ask.example|an http or https URL",
                "templates|short-pair|../short|1–64 of a–z, 0–9 and -",
                "logo|data:image/png;base64,iVBORw0KGgo=|data:image/svg+xml;base64,AAAA|PNG, JPEG",
                "logo|data:image/png;base64,iVBORw0KGgo=|https://logo.example/a.png|up to 1 MB",
                "expiresIn|10|9|10–3600",
                "expiresIn|86400|86401|10–3600",
                "maxExpiresIn|10|9|10–3600",
                "maxExpiresIn|86400|86401|10–3600",
                "allowLongLived|true|yes|must be true or false",
                "interval|1|0|1–60",
                "interval|60|61|1–60",
                "growingSlowDown|false|1|must be true or false",
                "longPolling|0|26|0–25",
                "allowedHints|login_hint,id_token_hint|login-hint|one of login_hint,",
                "trustedIssuers|https://a.example https://a.example/jwks|https://a.example|lines",
                "trustedIssuers|a https://a.example/jwks|a b|URL of its JWKS",
                "approvalMode|login|password|must be one of link, login",
                "approvalLevel|gold|two words|printable ASCII",
                "numberMatching|off|on|must be one of off, pick, type",
                "numberMatching|pick|PICK|must be one of off, pick, type",
                "numberMatching|type|typed|must be one of off, pick, type",
                "numberMatching|true|TRUE|must be one of off, pick, type",
                "numberMatching|false|no|must be one of off, pick, type",
                "reportBlockMinutes|1|0|1–1440",
                "reportBlockMinutes|1440|1441|1–1440",
                "synchronousSending|true|TRUE|must be true or false",
                "notificationPolicy|any name|two\u2028lines|on one line",
                "hideUsers|true|maybe|must be true or false",
                "verifyAddress|true|on|must be true or false",
                "webhookUrl|https://hook.example/|hook.example|an http or https URL",
                "webhookSecret|0123456789abcdef|0123456789abcde|at least 16 characters",
                "variants|name=a weight=100|name=a weight=99|sum to 100",
                "schemaVersion|1|2|reads up to 1: install a newer one",
                "schemaVersion|1|0|must be a whole number, at least 1",
            })
    void settingOfACibaPolicyHasBounds(String key, String good, String bad, String rule) {
        requireBounds(new CibaPolicyFactory(), key, good, bad, rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name|any name|two\u2028lines|on one line",
                "quotaType|realm|client|must be one of user, realm",
                "total|1|0|1–1000000",
                "total|1000000|1000001|1–1000000",
                "claimed|1|0|1–1000000",
                "claimed|1000000|1000001|1–1000000",
                "unclaimed|1|0|1–1000000",
                "unclaimed|1000000|1000001|1–1000000",
                "clientShare|1|0|1–99",
                "clientShare|99|100|1–99",
                "cooldown|true|yes|must be true or false",
                "cooldownFirst|10|9|10–600",
                "cooldownFirst|600|601|10–600",
                "cooldownSecond|10|9|10–600",
                "cooldownSecond|600|601|10–600",
                "cooldownLater|10|9|10–600",
                "cooldownLater|600|601|10–600",
                "resendLimit|1|0|1–20",
                "resendLimit|20|21|1–20",
                "cooldownKey|user|phone|must be one of address, user",
                "growingPauses|true|1|must be true or false",
                "pendingPerUser|1|0|1–50",
                "pendingPerUser|50|51|1–50",
                "pendingPerClientAndUser|1|0|1–50",
                "pendingPerClientAndUser|50|51|1–50",
                "pendingPerClient|1|0|1–100000",
                "pendingPerClient|100000|100001|1–100000",
                "pendingPerRealm|1|0|1–1000000",
                "pendingPerRealm|1000000|1000001|1–1000000",
                "overCap|inbox|later|must be one of refuse, inbox",
                "schemaVersion|1|7|is 7, and this version of the pack reads up to 1",
            })
    void settingOfANotificationPolicyHasBounds(String key, String good, String bad, String rule) {
        requireBounds(new NotificationPolicyFactory(), key, good, bad, rule);
    }

    static Stream<Arguments> allSettings() {
        return KINDS.stream()
                .flatMap(
                        kind ->
                                kind.settings().stream()
                                        .map(setting -> Arguments.of(kind.getId(), setting)));
    }

    @ParameterizedTest
    @MethodSource("allSettings")
    void settingHasLabelHelpTypeAndRange(String kind, Setting<?> setting) {
        assertThat(setting.label()).as(kind).isNotBlank();
        assertThat(setting.help()).endsWith(".");
        assertThat(setting.type()).isNotBlank();
        assertThat(setting.range()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("allSettings")
    void defaultIsAValueThatCouldBeWritten(String kind, Setting<?> setting) {
        ComponentModel written = Components.of(setting.key(), setting.writtenFallback());

        assertThat((Object) setting.of(written)).as(kind).isEqualTo(setting.fallback());
        assertThat((Object) setting.of(new ComponentModel())).isEqualTo(setting.fallback());
    }

    /** All requests share the component: to change it breaks those that read it at the time. */
    @ParameterizedTest
    @MethodSource("allSettings")
    void readingASettingChangesNothing(String kind, Setting<?> setting) {
        ComponentModel empty = new ComponentModel();

        setting.of(empty);
        setting.isSet(empty);

        assertThat(empty.getConfig()).as(kind).isEmpty();
    }

    @Test
    void everySettingHasItsBoundsTested() throws NoSuchMethodException {
        List<String> tested = new ArrayList<>();
        for (String method :
                List.of("settingOfACibaPolicyHasBounds", "settingOfANotificationPolicyHasBounds")) {
            for (String row :
                    CibaPolicySettingsTest.class
                            .getDeclaredMethod(
                                    method, String.class, String.class, String.class, String.class)
                            .getAnnotation(CsvSource.class)
                            .value()) {
                tested.add(row.substring(0, row.indexOf('|')));
            }
        }

        for (SettingsComponentFactory kind : KINDS) {
            assertThat(tested).containsAll(kind.settings().stream().map(Setting::key).toList());
        }
    }

    @Test
    void listsAreOneValueAsTheOrderOfSeveralIsNotKept() {
        assertThat(CibaPolicyFactory.CHANNELS.of(Components.of("channels", "http, email")))
                .isEqualTo(
                        List.of(
                                ChannelType.of(ChannelType.HTTP),
                                ChannelType.of(ChannelType.EMAIL)));
        assertThatThrownBy(
                        () ->
                                CibaPolicyFactory.CHANNELS.of(
                                        Components.lines("channels", "http", "email")))
                .hasMessageContaining("channels")
                .hasMessageContaining("must be one value, separated by commas");
        assertThat(CibaPolicyFactory.ALLOWED_HINTS.writtenFallback())
                .isEqualTo("login_hint,login_hint_token,id_token_hint");
    }

    @Test
    void consoleNamesTheChannelsAndOffersEachHint() {
        assertThat(CibaPolicyFactory.CHANNELS.property().getHelpText())
                .endsWith("Of email, http, inbox, webhook, separated by commas.");
        assertThatThrownBy(
                        () -> CibaPolicyFactory.CHANNELS.of(Components.of("channels", "email,sms")))
                .hasMessageContaining("must be one of email, http, inbox, webhook");
        assertThat(CibaPolicyFactory.ALLOWED_HINTS.property().getOptions())
                .containsExactly("login_hint", "login_hint_token", "id_token_hint");
        assertThat(
                        CibaPolicyFactory.ALLOWED_HINTS.of(
                                Components.lines("allowedHints", "id_token_hint", "login_hint")))
                .isEqualTo(List.of(HintKind.LOGIN_HINT, HintKind.ID_TOKEN_HINT));
    }

    @Test
    void unitsStandInTheConsolesLabelsAndNotInMessages() {
        assertThat(CibaPolicyFactory.EXPIRES_IN.property().getLabel())
                .isEqualTo("Expires in (seconds)");
        assertThat(CibaPolicyFactory.EXPIRES_IN.label()).isEqualTo("Expires in");
        for (SettingsComponentFactory kind : KINDS) {
            assertThat(kind.settings())
                    .filteredOn(setting -> setting.help().contains("econds"))
                    .filteredOn(setting -> setting.type().equals("Integer"))
                    .isNotEmpty()
                    .allSatisfy(
                            setting ->
                                    assertThat(setting.property().getLabel())
                                            .endsWith("(seconds)"));
        }
    }

    @Test
    void issuersHaveOneAddressEach() {
        assertThat(
                        CibaPolicyFactory.TRUSTED_ISSUERS.of(
                                Components.lines(
                                        "trustedIssuers",
                                        "https://a.example https://a.example/jwks",
                                        "https://b.example https://b.example/jwks")))
                .isEqualTo(
                        Map.of(
                                "https://a.example",
                                "https://a.example/jwks",
                                "https://b.example",
                                "https://b.example/jwks"));
        assertThatThrownBy(
                        () ->
                                CibaPolicyFactory.TRUSTED_ISSUERS.of(
                                        Components.lines(
                                                "trustedIssuers",
                                                "a https://a.example/1",
                                                "a https://a.example/2")))
                .hasMessageContaining("trustedIssuers")
                .hasMessageContaining("each issuer once");
    }

    @Test
    void lifetimeOfMoreThanAnHourIsCutUnlessItIsAllowed() {
        CibaPolicy usual = policy("expiresIn", "7200", "maxExpiresIn", "86400");
        CibaPolicy longLived =
                policy("expiresIn", "7200", "maxExpiresIn", "86400", "allowLongLived", "true");

        assertThat(usual.lifetime(Optional.empty())).isEqualTo(3600);
        assertThat(usual.lifetime(Optional.of(86_400))).isEqualTo(3600);
        assertThat(usual.lifetime(Optional.of(60))).isEqualTo(60);
        assertThat(longLived.lifetime(Optional.empty())).isEqualTo(7200);
        assertThat(longLived.lifetime(Optional.of(90_000))).isEqualTo(86_400);
    }

    private static CibaPolicy policy(String... settings) {
        return CibaPolicy.named(
                "any", Components.of(settings), List.of(ChannelType.of(ChannelType.EMAIL)));
    }

    private static void requireBounds(
            SettingsComponentFactory kind, String key, String good, String bad, String rule) {
        Setting<?> setting =
                kind.settings().stream()
                        .filter(declared -> declared.key().equals(key))
                        .findFirst()
                        .orElseThrow();

        assertThatCode(() -> setting.validate(Components.of(key, good))).doesNotThrowAnyException();
        assertThatThrownBy(() -> setting.validate(Components.of(key, bad)))
                .isInstanceOf(ComponentValidationException.class)
                .hasMessageStartingWith(setting.label() + " (" + key + ") ")
                .hasMessageContaining(rule)
                .hasMessageNotContaining("0123456789abcde");
    }
}

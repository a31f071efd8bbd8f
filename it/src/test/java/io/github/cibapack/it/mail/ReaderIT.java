// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mail in the time and the language of the one who reads it. */
class ReaderIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(ReaderIT::people);

    private static void people(RealmDocument realm) {
        person(realm, "in-tokyo", "zoneinfo", "Asia/Tokyo");
        person(realm, "nowhere", "zoneinfo", "Atlantis/Poseidonis");
        person(realm, "offset", "zoneinfo", "+03:00");
        person(realm, "swiss", "locale", "de-CH");
        person(realm, "brazilian", "locale", "pt");
        person(realm, "portuguese", "locale", "pt-PT");
        person(realm, "chinese", "locale", "zh-Hans-CN");
        person(realm, "martian", "locale", "§");
    }

    private static void person(RealmDocument realm, String name, String attribute, String value) {
        realm.addUser(name).withObjectProperty("attributes").putArray(attribute).add(value);
    }

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    @ParameterizedTest
    @CsvSource({"in-tokyo, JST", "nowhere, UTC", "offset, UTC", "alice, UTC"})
    void timesAreInTheUsersZoneElseInUtc(String user, String zone) {
        ReceivedMail mail =
                OpenRequest.in(REALM, REALM.gasPump(), OpenRequest.forUser(user)).mail();

        for (String part : List.of(mail.text(), mail.html())) {
            assertThat(part)
                    .containsPattern("When:\\s*(<[^<]*>\\s*)*.* " + zone)
                    .containsPattern("works for 2 minutes, until .* " + zone + "\\.");
        }
    }

    @ParameterizedTest
    @CsvSource({"swiss, de", "brazilian, pt-BR", "portuguese, en", "chinese, zh-CN", "martian, en"})
    void languageIsTheRealmsNearestToTheUsers(String user, String language) {
        ReceivedMail mail =
                OpenRequest.in(REALM, REALM.gasPump(), OpenRequest.forUser(user)).mail();

        assertThat(mail.html()).contains("<html lang=\"" + language + "\"");
    }

    @Test
    void mailThatIsSentAgainSpeaksTheSameLanguage() {
        OpenRequest request = OpenRequest.in(REALM, REALM.gasPump(), OpenRequest.forUser("swiss"));

        Answer resent =
                REALM.admin()
                        .call(
                                "POST",
                                "/%s/ciba/requests/%s/resend"
                                        .formatted(REALM.name(), request.started().authReqId()),
                                null);

        assertThat(resent.status()).as(resent.body()).isEqualTo(204);
        Awaitility.await().until(() -> mails(request).size() == 2);
        assertThat(mails(request)).allMatch(mail -> mail.html().contains("<html lang=\"de\""));
    }

    private static List<ReceivedMail> mails(OpenRequest request) {
        return REALM.mailbox().all().stream()
                .filter(mail -> mail.mentions(request.started().authReqId()))
                .toList();
    }
}

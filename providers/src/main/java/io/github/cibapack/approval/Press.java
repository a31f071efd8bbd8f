// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/**
 * Whether a button was pressed by a person, as far as a page can tell. The page's script says that
 * it has seen a pointer or a key before the press, and not within a second of its load. Without
 * that word the page is shown once more and the second press decides: no person is locked out,
 * whether their browser runs scripts or their screen reader sends keys.
 *
 * <p>It is aimed at programs that press buttons of pages they do not know, such as mail scanners. A
 * program that was written for this page says whatever it likes.
 */
final class Press {

    private static final String PURPOSE = "ciba-press";

    /** The second button of a page that is shown once more: its marker, or {@link #BACK}. */
    private static final String AGAIN_FIELD = "again";

    /** Goes back to the page as it was. */
    private static final String BACK = "back";

    /** What the page's script has seen. */
    private static final String PRESENCE_FIELD = "presence";

    private static final String SEEN = "seen";

    /** A second press that comes sooner is the second half of a double click, or a program's. */
    private static final long SOONEST_MILLIS = 1000;

    private static final Pattern MARKER = Pattern.compile("([0-9]{1,16})\\.([A-Za-z0-9_-]{1,64})");

    private final MultivaluedMap<String, String> form;

    Press(KeycloakSession session) {
        this.form = session.getContext().getHttpRequest().getDecodedFormParameters();
    }

    /** Whether the person does not confirm and wants to see the page as it was. */
    static boolean isBack(MultivaluedMap<String, String> form) {
        return List.of(BACK).equals(form.get(AGAIN_FIELD));
    }

    /** Whether the press decides; if not, the page is to be shown once more. */
    boolean counts(PageVisit visit, DecisionForm.Made choice) {
        return hasSignOfAPerson() || isSecond(visit, choice);
    }

    private boolean hasSignOfAPerson() {
        return List.of(SEEN).equals(form.get(PRESENCE_FIELD));
    }

    private boolean isSecond(PageVisit visit, DecisionForm.Made choice) {
        List<String> sent = form.getOrDefault(AGAIN_FIELD, List.of());
        Matcher marker = MARKER.matcher(sent.size() == 1 ? sent.get(0) : "");
        return marker.matches()
                && visit.binding().isMac(marker.group(2), bound(choice, marker.group(1)))
                && isLateEnough(Long.parseLong(marker.group(1)));
    }

    /** A moment ahead comes from a node whose clock is ahead: no person shall wait for it. */
    private static boolean isLateEnough(long shownAt) {
        long since = Time.currentTimeMillis() - shownAt;
        return since < 0 || since >= SOONEST_MILLIS;
    }

    /** The marker of a page that is shown once more: of this ticket, this choice, this moment. */
    String marker(PageVisit visit, DecisionForm.Made choice) {
        String now = Long.toString(Time.currentTimeMillis());
        return now + "." + visit.binding().mac(bound(choice, now));
    }

    private static String[] bound(DecisionForm.Made choice, String moment) {
        return new String[] {PURPOSE, choice.field(), choice.value(), moment};
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.request.Requests;
import java.util.Set;
import org.keycloak.models.SingleUseObjectProvider;

/** Which package may call which, and who alone does what to a request. */
@AnalyzeClasses(
        packages = "io.github.cibapack",
        importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
    private static final String HOUSE = "io.github.cibapack.";
    private static final Set<String> GROUND_FLOOR =
            Set.of("policy", "audit", "text", "outbound", "jwt", "spi", "links", "time");

    /** What a gateway's check may use besides the ground floor. */
    private static final Set<String> BESIDE_ONE_TIME =
            Set.of("onetime", "receipt", "request", "store", "health", "waiting");

    /** Who calls, and the rules that a link and what is shown share with a check. */
    private static final Set<String> SHARED_WITH_ONE_TIME =
            Set.of("Authenticated", "MagicLink", "BindingMessage", "AuthorizationDetails");

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_PINGONE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(HOUSE + "pingone..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HOUSE + "pingone..")
                    .because("the documented endpoints are one front door of two");

    @ArchTest
    static final ArchRule HINT_EMAIL_AND_NOTIFICATION_DO_NOT_KNOW_EACH_OTHER =
            slices().matching(HOUSE + "(hint|email|notification)..")
                    .should()
                    .notDependOnEachOther()
                    .allowEmptyShould(true)
                    .because("who is meant, what is sent and how often are three questions");

    @ArchTest
    static final ArchRule THE_GROUND_FLOOR_CALLS_NOBODY =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            GROUND_FLOOR.stream()
                                    .map(name -> HOUSE + name + "..")
                                    .toArray(String[]::new))
                    .should()
                    .dependOnClassesThat(
                            DescribedPredicate.describe(
                                    "are on an upper floor",
                                    type ->
                                            type.getPackageName().startsWith(HOUSE)
                                                    && !isGroundFloor(type)))
                    .because("everybody may stand on the ground floor only if it stands on nobody");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(HOUSE + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule A_CHECK_GOES_ONE_WAY =
            slices().matching(HOUSE + "onetime.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("what reads a check does not know what becomes of it");

    @ArchTest
    static final ArchRule PARTS_OF_A_CHECK_DO_NOT_KNOW_ITS_HANDLERS =
            noClasses()
                    .that()
                    .resideInAPackage(HOUSE + "onetime.*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HOUSE + "onetime")
                    .because("handlers put the parts together, and no part calls them back");

    @ArchTest
    static final ArchRule ONE_TIME_HAS_ONE_WAY_IN =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(HOUSE + "onetime..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HOUSE + "onetime..")
                    .because(
                            "gateways call its endpoint and Keycloak loads its factories: all else"
                                    + " works without it");

    @ArchTest
    static final ArchRule ONE_TIME_HAS_ONE_WAY_OUT =
            noClasses()
                    .that()
                    .resideInAPackage(HOUSE + "onetime..")
                    .and()
                    .resideOutsideOfPackage(HOUSE + "onetime.provider..")
                    .should()
                    .dependOnClassesThat(
                            DescribedPredicate.describe(
                                    "start or redeem a request",
                                    type ->
                                            type.getPackageName().startsWith(HOUSE)
                                                    && !isGroundFloor(type)
                                                    && !BESIDE_ONE_TIME.contains(packageOf(type))
                                                    && !SHARED_WITH_ONE_TIME.contains(
                                                            type.getSimpleName())))
                    .because(
                            "a token provider reaches the user, by a request in this realm or by a"
                                    + " call to another server; the rest of a check is the"
                                    + " gateway's own");

    @ArchTest
    static final ArchRule REQUESTS_AND_COUNTERS_ALONE_TOUCH_THE_STORE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            HOUSE + "store..", HOUSE + "request..", HOUSE + "onetime.transaction..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(SingleUseObjectProvider.class)
                    .because("single winners are decided where the entries are known");

    @ArchTest
    static final ArchRule THE_INTAKE_ALONE_OPENS_REQUESTS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(HOUSE + "intake..")
                    .should()
                    .callMethodWhere(
                            DescribedPredicate.describe(
                                    "opens a request",
                                    call ->
                                            call.getTarget()
                                                            .getOwner()
                                                            .isEquivalentTo(Requests.class)
                                                    && call.getOrigin()
                                                            .getOwner()
                                                            .getPackageName()
                                                            .startsWith(HOUSE)
                                                    && !call.getOrigin()
                                                            .getOwner()
                                                            .isEquivalentTo(Requests.class)
                                                    && call.getTarget().getName().equals("open")))
                    .because("a request has one writer: what it says is known in one place");

    @ArchTest
    static final ArchRule WHO_CHANGES_A_REQUEST_KNOWS_NO_LISTENER =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            HOUSE + "observation..", HOUSE + "ping..", HOUSE + "webhook..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            HOUSE + "observation..", HOUSE + "ping..", HOUSE + "webhook..")
                    .because(
                            "what happens to a request is published, and another listener is"
                                    + " another class");

    @ArchTest
    static final ArchRule REQUESTS_ALONE_TELL_WHAT_HAPPENS_TO_THEM =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(HOUSE + "request..")
                    .should()
                    .callConstructorWhere(
                            DescribedPredicate.describe(
                                    "makes an event of a request",
                                    call ->
                                            call.getTarget()
                                                    .getOwner()
                                                    .isAssignableTo(RequestEvent.class)))
                    .because("who writes down that something has happened tells it, once");

    @ArchTest
    static final ArchRule REQUESTS_ALONE_KEEP_REQUESTS =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("Requests")
                    .and()
                    .doNotHaveSimpleName("AuthenticationRequest")
                    .should()
                    .callMethod(AuthenticationRequest.class, "toNotes")
                    .because("a request has one store");

    @ArchTest
    static final ArchRule A_CHANNEL_DOES_NOT_KNOW_ITS_CALLER =
            noClasses()
                    .that()
                    .resideInAPackage(HOUSE + "channel..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HOUSE + "intake..")
                    .because("a channel delivers: it calls nobody back and stores nothing");

    private static boolean isGroundFloor(JavaClass type) {
        return GROUND_FLOOR.stream()
                .anyMatch(name -> type.getPackageName().startsWith(HOUSE + name));
    }

    /** The package below the pack's own, without what is below that. */
    private static String packageOf(JavaClass type) {
        return type.getPackageName().substring(HOUSE.length()).replaceFirst("\\..*", "");
    }
}

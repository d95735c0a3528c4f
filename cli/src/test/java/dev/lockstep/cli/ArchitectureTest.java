package dev.lockstep.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The directions that modules and packages may depend in. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/testkit/"))
            .importPackages("dev.lockstep");

    @Test
    void theClassesAreThere() {
        assertThat(CLASSES)
                .extracting(JavaClass::getName)
                .contains(
                        "dev.lockstep.pgquery.PgQuery",
                        "dev.lockstep.engine.Analyzer",
                        "dev.lockstep.rules.BuiltinRules",
                        "dev.lockstep.sarif.SarifReport",
                        "dev.lockstep.cli.Main");
    }

    @Test
    void modulesDependInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("pg-query-java")
                .definedBy("dev.lockstep.pgquery..")
                .layer("analyzer")
                .definedBy(
                        "dev.lockstep.text..",
                        "dev.lockstep.sql..",
                        "dev.lockstep.parse..",
                        "dev.lockstep.catalog..",
                        "dev.lockstep.lock..",
                        "dev.lockstep.finding..",
                        "dev.lockstep.rule",
                        "dev.lockstep.engine..",
                        "dev.lockstep.source..")
                .layer("rules")
                .definedBy("dev.lockstep.rules..")
                .layer("sarif")
                .definedBy("dev.lockstep.sarif..")
                .layer("cli")
                .definedBy("dev.lockstep.cli..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("rules")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("sarif")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("analyzer")
                .mayOnlyBeAccessedByLayers("rules", "sarif", "cli")
                .whereLayer("pg-query-java")
                .mayOnlyBeAccessedByLayers("analyzer")
                .check(CLASSES);
    }

    @Test
    void packagesOfTheAnalyzerDependInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("text")
                .definedBy("dev.lockstep.text..")
                .layer("sql")
                .definedBy("dev.lockstep.sql..")
                .layer("parse")
                .definedBy("dev.lockstep.parse..")
                .layer("catalog")
                .definedBy("dev.lockstep.catalog..")
                .layer("lock")
                .definedBy("dev.lockstep.lock..")
                .layer("finding")
                .definedBy("dev.lockstep.finding..")
                .layer("fix")
                .definedBy("dev.lockstep.fix..")
                .layer("source")
                .definedBy("dev.lockstep.source..")
                .layer("rule")
                .definedBy("dev.lockstep.rule")
                .layer("engine")
                .definedBy("dev.lockstep.engine..")
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .whereLayer("sql")
                .mayOnlyAccessLayers("text")
                .whereLayer("parse")
                .mayOnlyAccessLayers("sql", "text")
                .whereLayer("catalog")
                .mayOnlyAccessLayers("sql", "text")
                .whereLayer("lock")
                .mayOnlyAccessLayers("catalog", "parse", "sql", "text")
                .whereLayer("finding")
                .mayOnlyAccessLayers("lock", "catalog", "parse", "sql", "text")
                .whereLayer("fix")
                .mayOnlyAccessLayers("lock", "catalog", "parse", "sql", "text")
                .whereLayer("source")
                .mayOnlyAccessLayers("text")
                .whereLayer("rule")
                .mayOnlyAccessLayers("finding", "fix", "lock", "catalog", "parse", "source", "sql", "text")
                .whereLayer("engine")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void theRawParseTreeIsSeenInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.lockstep.parse..", "dev.lockstep.pgquery..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.lockstep.parse.pgquery..", "dev.lockstep.pgquery..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new PackageSlices()).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheProgramItselfAndTheParsersNoticeUseTheProcessStreams() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.lockstep.cli.Main")
                .and()
                .haveNameNotMatching("dev\\.lockstep\\.pgquery\\.PgQuery(\\$.*)?")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void nothingEndsTheProcessButMain() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.lockstep.cli.Main")
                .should()
                .callMethodWhere(target(name("exit"))
                        .and(target(
                                com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.<JavaClass>owner(
                                        name("java.lang.System")))))
                .check(CLASSES);
    }

    @Test
    void nothingReflects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .check(CLASSES);
    }

    @Test
    void gitIsUsedInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.lockstep.cli.history..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jgit..")
                .check(CLASSES);
    }

    @Test
    void liquibaseIsUsedInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.lockstep.source.liquibase..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("liquibase..")
                .check(CLASSES);
    }

    /** Each package is a slice, except that an interface package and the implementations below it are one. */
    private static final class PackageSlices implements SliceAssignment {

        private static final List<String> WITH_PACKAGES_BELOW = List.of("dev.lockstep.parse", "dev.lockstep.source");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String name = javaClass.getPackageName();
            return SliceIdentifier.of(WITH_PACKAGES_BELOW.stream()
                    .filter(whole -> name.startsWith(whole + "."))
                    .findFirst()
                    .orElse(name));
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}

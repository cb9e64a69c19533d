package org.tidegate.sync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.tidegate", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule noCycles = slices().matching("org.tidegate.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule gsonAtHome =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tidegate.sync.json")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.gson..");

  @ArchTest
  static final ArchRule readersAndWritersShareOnlyJsonAndDisk =
      noClasses()
          .that()
          .resideInAPackage("org.tidegate.publish")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tidegate.sync", "org.tidegate.sync.tuf");

  @ArchTest
  static final ArchRule gatewaysDoNotPublish =
      noClasses()
          .that()
          .resideInAPackage("org.tidegate.sync..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tidegate.publish");

  @ArchTest
  static final ArchRule checkingHasNoFiles =
      noClasses()
          .that()
          .resideInAPackage("org.tidegate.sync.tuf")
          .and()
          .doNotHaveSimpleName("DirectoryRepository")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.nio.file..");
}

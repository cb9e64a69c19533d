package org.tidegate.filter;

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
  static final ArchRule urlKnowsNothingAbove =
      noClasses()
          .that()
          .resideInAPackage("..filter.url")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..filter", "..filter.index", "..filter.list");

  @ArchTest
  static final ArchRule listKnowsNothingAbove =
      noClasses()
          .that()
          .resideInAPackage("..filter.list")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..filter", "..filter.index");

  @ArchTest
  static final ArchRule indexKnowsNothingAbove =
      noClasses()
          .that()
          .resideInAPackage("..filter.index")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tidegate.filter");

  @ArchTest
  static final ArchRule noOutsideWorld =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.nio.file..",
              "java.net..",
              "java.util.concurrent.locks..",
              "java.time.zone..",
              "java.util.logging..",
              "org.slf4j..",
              "io.netty..",
              "com.codahale..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.File")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Thread");

  @ArchTest
  static final ArchRule icuAtHome =
      noClasses()
          .that()
          .resideOutsideOfPackage("..filter.url")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.ibm.icu..");
}

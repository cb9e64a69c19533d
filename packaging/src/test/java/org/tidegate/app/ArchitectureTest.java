package org.tidegate.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The whole product: which module may know which, and where each library is at home. */
@AnalyzeClasses(packages = "org.tidegate", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String FILTER = "org.tidegate.filter..";
  private static final String PROXY = "org.tidegate.proxy..";
  private static final String SYNC = "org.tidegate.sync..";
  private static final String PUBLISH = "org.tidegate.publish..";
  private static final String ADMIN = "org.tidegate.proxy.admin";
  private static final String APP = "org.tidegate.app..";

  @ArchTest
  static final ArchRule noCycles = slices().matching("org.tidegate.(**)").should().beFreeOfCycles();

  @ArchTest static final ArchRule theFilterKnowsNobody = forbid(FILTER, PROXY, SYNC, PUBLISH, APP);

  @ArchTest static final ArchRule theProxyKnowsTheFilterOnly = forbid(PROXY, SYNC, PUBLISH, APP);

  @ArchTest static final ArchRule syncKnowsTheFilterOnly = forbid(SYNC, PROXY, APP);

  @ArchTest static final ArchRule publishingKnowsTheFilterOnly = forbid(PUBLISH, PROXY, APP);

  @ArchTest static final ArchRule picocli = atHome("picocli..", APP);

  @ArchTest static final ArchRule netty = atHome("io.netty..", PROXY);

  @ArchTest static final ArchRule caffeine = atHome("com.github.benmanes..", PROXY);

  @ArchTest
  static final ArchRule mustache = atHome("com.samskivert..", "org.tidegate.proxy.splash");

  @ArchTest
  static final ArchRule bouncyCastle = atHome("org.bouncycastle..", "org.tidegate.proxy.ca");

  @ArchTest
  static final ArchRule littleProxy = atHome("org.littleshoot..", "org.tidegate.proxy.littleproxy");

  @ArchTest static final ArchRule icu = atHome("com.ibm.icu..", "org.tidegate.filter.url");

  @ArchTest static final ArchRule guava = atHome("com.google.common..", FILTER, ADMIN);

  @ArchTest static final ArchRule dropwizard = atHome("com.codahale..", ADMIN);

  @ArchTest static final ArchRule hdrHistogram = atHome("org.HdrHistogram..", ADMIN);

  @ArchTest
  static final ArchRule zstd =
      atHome("com.github.luben..", "org.tidegate.publish.source", "org.tidegate.sync.delta");

  @ArchTest static final ArchRule gson = atHome("com.google.gson..", "org.tidegate.sync.json");

  @ArchTest static final ArchRule logback = atHome("ch.qos.logback..", APP);

  @ArchTest
  static final ArchRule oneWayToLog =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..", "org.apache.logging..", "io.netty.util.internal.logging..");

  @ArchTest
  static final ArchRule noInternals =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("sun..", "jdk.internal..");

  private static ArchRule forbid(String from, String... to) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .allowEmptyShould(true);
  }

  private static ArchRule atHome(String library, String... homes) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}

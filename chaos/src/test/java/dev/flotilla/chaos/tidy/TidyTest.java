package dev.flotilla.chaos.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.tidy.Project.TextFile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds what a reviewer would otherwise have to say again and again.
///
/// `TidyBitesTest` shows that each check finds what it looks for.
class TidyTest {

  private static final int FILE_LINES = 500;
  private static final int PACKAGE_TYPES = 25;
  private static final int DECISION_LINES = 40;

  /// Written in two parts, so that this file does not find itself.
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

  private static final Pattern ACCEPTANCE_ID = Pattern.compile("[A-Z]{1,3}-?[0-9]{1,3}");
  private static final Pattern CLUSTER_TIER = Pattern.compile("control-plane|cluster|k3s");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)");

  private static final Project PROJECT = Project.read();
  private static final List<JavaSource> SOURCES = JavaSource.parse(PROJECT.java());

  @Test
  void sourcesAreSmallNamedAndDocumented() {
    assertThat(SOURCES.stream().flatMap(source -> source.complaints().stream())).isEmpty();
  }

  @Test
  void filesAreShort() {
    var code = Pattern.compile(".*\\.(java|sh)|(.*/)?[a-z-]+");
    assertThat(
            PROJECT.files().stream()
                .filter(file -> code.matcher(file.path()).matches())
                .filter(file -> !file.path().endsWith("LICENSE"))
                .filter(file -> file.lines().count() > FILE_LINES)
                .map(TextFile::path))
        .isEmpty();
  }

  @Test
  void nothingIsLeftUnfinished() {
    assertThat(lines(PROJECT.files().stream(), line -> UNFINISHED.matcher(line).find())).isEmpty();
  }

  @Test
  void noPathOfTheMachineItWasWrittenOn() {
    var checkout = Pattern.quote(PROJECT.root().toString());
    var beside = Pattern.quote(PROJECT.root().getParent().toString());
    var place = Pattern.compile("(^|[^\\w.}/-])(" + checkout + "|" + beside + ")/");

    assertThat(lines(PROJECT.files().stream(), line -> place.matcher(line).find())).isEmpty();
  }

  @Test
  void packagesAreSmall() {
    var types = new TreeMap<String, Integer>();
    SOURCES.stream()
        .filter(source -> source.file().isMain())
        .forEach(
            source -> types.merge(folder(source.file()), source.topLevelTypes(), Integer::sum));

    assertThat(types).allSatisfy((folder, count) -> assertThat(count).isBetween(0, PACKAGE_TYPES));
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    var withInfo =
        PROJECT.java().stream()
            .filter(file -> file.path().endsWith("/package-info.java"))
            .filter(file -> file.text().startsWith("///") && file.text().contains("@NullMarked"))
            .map(TidyTest::folder)
            .toList();

    assertThat(PROJECT.java().stream().filter(TextFile::isMain).map(TidyTest::folder).distinct())
        .allSatisfy(folder -> assertThat(withInfo).contains(folder));
  }

  @Test
  void noPackageIsEmpty() {
    var begun = "raft-state/src/main/java/dev/flotilla/raft"; // Says when it starts.
    var filled =
        PROJECT.java().stream()
            .filter(file -> !file.path().endsWith("/package-info.java"))
            .map(TidyTest::folder)
            .toList();

    assertThat(PROJECT.java().stream().filter(TextFile::isMain).map(TidyTest::folder).distinct())
        .filteredOn(folder -> !folder.equals(begun))
        .allSatisfy(folder -> assertThat(filled).contains(folder));
  }

  @Test
  void everyClaimedIdIsExplained() {
    var requirements = PROJECT.file("docs/requirements.md");
    var explained =
        requirements
            .lines()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.split("\\|")[1].strip())
            .toList();

    assertThat(claims().filter(tag -> ACCEPTANCE_ID.matcher(tag).matches()))
        .allSatisfy(id -> assertThat(explained).as("docs/requirements.md").contains(id));
  }

  @Test
  void testsThatNeedAClusterLiveInChaos() {
    assertThat(
            SOURCES.stream()
                .filter(source -> !source.file().path().startsWith("chaos/"))
                .filter(source -> !source.file().path().contains("/dev/flotilla/house/"))
                .filter(source -> source.tags().stream().anyMatch(CLUSTER_TIER.asMatchPredicate()))
                .map(source -> source.file().path()))
        .isEmpty();
  }

  @Test
  void scriptsStopAtTheFirstError() {
    assertThat(
            PROJECT.files().stream()
                .filter(file -> file.text().startsWith("#!") && file.text().contains("bash\n"))
                .filter(
                    file -> file.lines().noneMatch(line -> line.startsWith("set -euo pipefail")))
                .map(TextFile::path))
        .isEmpty();
  }

  @Test
  void decisionsAreShortAndHaveAStatus() {
    assertThat(
            PROJECT.files().stream()
                .filter(file -> file.path().matches("docs/adr/[0-9].*\\.md"))
                .filter(file ->
                    file.lines().count() > DECISION_LINES
                        || file.lines().noneMatch(line -> line.startsWith("Status: ")))
                .map(TextFile::path))
        .isEmpty();
  }

  @Test
  void linksBetweenPagesLeadSomewhere() {
    assertThat(
            PROJECT.files().stream()
                .filter(file -> file.path().endsWith(".md"))
                .flatMap(page ->
                    LINK.matcher(page.text())
                        .results()
                        .map(link -> link.group(1))
                        .filter(target -> !exists(page, target))
                        .map(target -> page.path() + " -> " + target)))
        .isEmpty();
  }

  @Test
  void everyTypeThatTheArchitectureNamesExists() {
    var types = PROJECT.java().stream().map(TidyTest::simpleName).toList();
    var named = Pattern.compile("`([A-Z][A-Za-z]+)`");

    assertThat(
            PROJECT
                .file("ARCHITECTURE.md")
                .lines()
                .filter(line -> line.startsWith("| ") && line.split("\\|").length == 4)
                .map(line -> line.split("\\|")[2])
                .flatMap(cell -> named.matcher(cell).results().map(match -> match.group(1))))
        .filteredOn(type -> !types.contains(type))
        .isSubsetOf("ConfigMap");
  }

  @Test
  void everyLibraryHasItsLicenceNamed() {
    var group = Pattern.compile("`([a-z0-9-]+(\\.[a-z0-9-]+)*)`");
    var folders =
        group
            .matcher(PROJECT.file("THIRD-PARTY.md").text())
            .results()
            .map(match -> "/" + match.group(1).replace('.', '/') + "/")
            .toList();

    assertThat(
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(jar -> jar.replace('\\', '/'))
                .filter(jar -> jar.endsWith(".jar") && !jar.contains("/target/"))
                .filter(jar -> folders.stream().noneMatch(jar::contains)))
        .isEmpty();
  }

  private static String simpleName(TextFile file) {
    var name = Path.of(file.path()).getFileName().toString();
    return name.substring(0, name.length() - ".java".length());
  }

  private static Stream<String> claims() {
    return SOURCES.stream()
        .filter(source -> !source.file().path().contains("/dev/flotilla/house/"))
        .flatMap(source -> source.tags().stream());
  }

  private static boolean exists(TextFile page, String target) {
    var folder = PROJECT.root().resolve(page.path()).getParent();
    return Files.exists(folder.resolve(target));
  }

  private static String folder(TextFile file) {
    return Path.of(file.path()).getParent().toString();
  }

  private static Stream<String> lines(Stream<TextFile> files, Predicate<String> bad) {
    return files.flatMap(
        file -> file.lines().filter(bad).map(line -> file.path() + ": " + line.strip()));
  }
}

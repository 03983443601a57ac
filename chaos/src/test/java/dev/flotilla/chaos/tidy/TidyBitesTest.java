package dev.flotilla.chaos.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.tidy.Project.TextFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Shows that each check on a Java source finds what it looks for, and no more.
class TidyBitesTest {

  @Test
  void aTidySourceIsLeftAlone() {
    assertThat(
            complaints(
                """
                /// A thing.
                record Thing(int a, int b, int c, int d, int e, int f, int g) {
                  class DataMissing {}
                  Thing {}
                }
                """))
        .isEmpty();
  }

  @Test
  void namesThatSayNothing() {
    assertThat(
            complaints("/// A thing.\nclass PodManager { class MemberInfo {} class KubeUtil {} }"))
        .containsExactly(
            "fleet-operator/src/main/java/T.java:2: the name PodManager says nothing: call it by what it does",
            "fleet-operator/src/main/java/T.java:2: the name MemberInfo says nothing: call it by what it does",
            "fleet-operator/src/main/java/T.java:2: the name KubeUtil says nothing: call it by what it does");
  }

  @Test
  void aTypeWithoutAFirstSentence() {
    assertThat(complaints("class Thing {}")).singleElement().asString().contains("first sentence");
  }

  @Test
  void aLongMethodAndAWideOne() {
    var body = "\n".repeat(JavaSource.METHOD_LINES);
    assertThat(complaints("/// A thing.\nclass Thing { void a() {" + body + "} }"))
        .containsExactly("fleet-operator/src/main/java/T.java:2: a has 71 lines");
    assertThat(
            complaints(
                """
                /// A thing.
                class Thing {
                  void a(int a, int b, int c, int d, int e, int f, int g) {}
                }
                """))
        .containsExactly("fleet-operator/src/main/java/T.java:3: a has 7 parameters");
  }

  @Test
  void aLongLineButForSentencesAndTextBlocks() {
    var wide = "x".repeat(100);
    var block = "String block = \"\"\"\n" + wide + "\n\"\"\";\n";
    var text = "/// A thing.\nclass Thing {\n" + block + "// " + wide + "\nString b =\n\"" + wide;

    assertThat(complaints(text + "\";\n}"))
        .containsExactly("fleet-operator/src/main/java/T.java:6: longer than 100 columns");
  }

  @Test
  void bannedConstructs() {
    assertThat(
            complaints(
                """
                /// A thing.
                class Thing {
                  synchronized void a() {}
                  void b() { synchronized (this) {} }
                  void c() throws Exception { Thread.sleep(1); TimeUnit.SECONDS.sleep(1); }
                  void d() { throw new UnsupportedOperationException(); }
                  @Disabled void e() {}
                  void f(Log log) { log.addKeyValue("pod", 1).addKeyValue(LogKeys.POD, 2); }
                }
                """))
        .extracting(complaint -> complaint.replaceAll("^[^:]+:(\\d+): (\\w+).*", "$1 $2"))
        .containsExactly(
            "3 synchronized", "4 synchronized", "5 sleeps", "5 sleeps", "6 pretends", "7 a", "8 a");
  }

  @Test
  void tagsAreRead() {
    var source =
        parse(
            new TextFile(
                "x/src/test/java/T.java", false, "class T { @Tag(\"XX-1\") void a() {} }"));

    assertThat(source.tags()).containsExactly("XX-1");
  }

  private static List<String> complaints(String text) {
    return parse(new TextFile("fleet-operator/src/main/java/T.java", false, text)).complaints();
  }

  private static JavaSource parse(TextFile file) {
    return JavaSource.parse(List.of(file)).getFirst();
  }
}

package dev.flotilla.crds.condition;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Keeps `docs/reference/reasons.md` equal to the vocabulary.
///
/// Run with `-Dflotilla.generate=true` to write the page anew.
final class ReasonsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "reference", "reasons.md");

  @Test
  void thePageSaysWhatTheCodeSays() throws IOException {
    String page = page();

    if (Boolean.getBoolean("flotilla.generate")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).as("run the tests of crds with -Dflotilla.generate=true").hasContent(page);
  }

  private static String page() {
    return """
    # Conditions and reasons

    Which conditions does a resource carry, and what does a reason ask of me?
    This page is generated from `dev.flotilla.crds.condition`; the names are stable.

    ## Conditions

    All of them are present after the first pass. `Unknown` means that the facts could not be read.

    | Condition | Good when | `True` means |
    | --- | --- | --- |
    %s

    ## Reasons

    *fine* needs nothing, *working* is expected to end without help, *problem* needs a person.

    %s\
    """
        .formatted(
            Arrays.stream(ConditionType.values()).map(ReasonsPageTest::row).collect(joining("\n")),
            Arrays.stream(Reason.values()).map(ReasonsPageTest::section).collect(joining("\n")));
  }

  private static String row(ConditionType type) {
    String good =
        switch (type.polarity()) {
          case TRUE_IS_GOOD -> "`True`";
          case NEUTRAL -> "either";
          case TRUE_IS_BAD -> "`False`";
        };
    return "| `%s` | %s | %s |".formatted(type.id(), good, type.meaning());
  }

  private static String section(Reason reason) {
    return """
    ### %s

    %s (%s)

    - **Cause**: %s
    - **Meanwhile**: %s
    - **What to do**: %s
    %s\
    """
        .formatted(
            reason.id(),
            reason.meaning(),
            reason.attention().name().toLowerCase(),
            reason.cause(),
            reason.safeState(),
            reason.remedy(),
            waysOut(reason));
  }

  private static String waysOut(Reason reason) {
    return reason.waysOut().isEmpty()
        ? ""
        : reason.waysOut().stream()
            .map(way ->
                "| %s | %s | `%s` |\n"
                    .formatted(way.name(), way.cost(), way.command(Map.of("flotilla", "flotilla"))))
            .collect(joining("", "\n| Way out | Cost | Command |\n| --- | --- | --- |\n", ""));
  }
}

package dev.flotilla.house;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The file `target/acceptance.json` of a module: what each acceptance id's tests did, and each
/// test.
///
/// @param ids by acceptance id, in order
/// @param tests in the order in which they ended
record AcceptanceFile(SortedMap<String, Tally> ids, List<TestResult> tests) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /// How often the tests of one acceptance id ran and were skipped, and for how long they ran.
  record Tally(int run, int failed, int skipped, double seconds) {

    private static final Tally NONE = new Tally(0, 0, 0, 0);

    private Tally plus(TestResult result) {
      int skips = result.isSkipped() ? 1 : 0;
      int fails = result.outcome() == TestResult.Outcome.FAILED ? 1 : 0;
      return new Tally(
          run + 1 - skips, failed + fails, skipped + skips, seconds + result.seconds());
    }
  }

  static AcceptanceFile of(Collection<TestResult> results) {
    var ids = new TreeMap<String, Tally>();
    for (TestResult result : results) {
      result.ids().forEach(id -> ids.put(id, ids.getOrDefault(id, Tally.NONE).plus(result)));
    }
    return new AcceptanceFile(ids, List.copyOf(results));
  }

  static AcceptanceFile read(Path file) {
    try {
      return JSON.readValue(file.toFile(), AcceptanceFile.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      JSON.writeValue(file.toFile(), this);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}

package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.document.StoreContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `store restore FILE`: puts a backup back. Operators stop acting before, and act again after
/// `store resume` alone.
@Command(
    name = "restore",
    description = "Put a backup back. Operators only read from then on, until: store resume")
final class RestoreCommand extends StoreVerb {

  private static final String ORDER = "restore";

  @Parameters(paramLabel = "FILE", description = "A backup, as store backup writes it.")
  private Path file = Path.of("");

  @Option(
      names = "--foreign",
      description = "Take also the backup of another store, such as one that was lost.")
  private boolean foreign;

  RestoreCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Answer answer(Session session, StoreNotes notes) {
    var backup = read();
    if (!foreign && !backup.store().equals(notes.group())) {
      throw failure(
          Exit.REFUSED,
          "%s is of store \"%s\", and this one is \"%s\"; --foreign takes it all the same"
              .formatted(file, backup.store(), notes.group()));
    }
    if (notes.group().isEmpty() && notes.acting().isEmpty()) {
      throw failure(
          Exit.REFUSED, "the store is in the operator's memory, which nothing is put back into");
    }
    var ordered =
        notes.change(
            session.kube(),
            Map.of(
                "epoch",
                notes.nextEpoch(),
                "halted",
                "it was restored from a backup of revision " + backup.revision(),
                "trusted",
                "",
                ORDER,
                backup.checksum()));
    var done = answered(session.operator(operator()).restore(backup));
    // Until then, what is recorded may be neither the one nor the other, and nobody may trust it.
    var _ = ordered.change(session.kube(), Map.of(ORDER, ""));
    return new Answer.Told(
        Exit.DONE,
        new StoreAct(
            "%d databases are recorded as in %s: %d entries written, %d removed. Operators only read now."
                .formatted(done.databases(), file, done.written(), done.removed()),
            session.program() + " store compare"));
  }

  private StoreContents read() {
    try {
      var backup = Documents.read(Files.readString(file), StoreContents.class);
      if (!backup.isSound()) {
        throw failure(Exit.REFUSED, file + " is damaged, or of another version");
      }
      return backup;
    } catch (IOException e) {
      throw failure(Exit.USAGE, "%s cannot be read: %s".formatted(file, e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw failure(Exit.REFUSED, "%s is no backup of a store: %s".formatted(file, e.getMessage()));
    }
  }
}

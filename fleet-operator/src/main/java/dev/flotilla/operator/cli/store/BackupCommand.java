package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.document.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `store backup FILE`: everything that is recorded, as it was at one moment.
@Command(
    name = "backup",
    description = "Write everything that is recorded, as it is at one moment, into a file.")
final class BackupCommand extends StoreVerb {

  @Parameters(paramLabel = "FILE", description = "Where to; replaced as a whole if it is there.")
  private Path file = Path.of("");

  BackupCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Answer answer(Session session, StoreNotes notes) {
    var backup = answered(session.operator(operator()).contents()).of(notes.group());
    var part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, Documents.json(backup) + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure(Exit.USAGE, "%s cannot be written: %s".formatted(file, e.getMessage()));
    }
    return new Answer.Told(
        Exit.DONE,
        new StoreAct(
            "%s has %d entries of revision %d, checksum %s."
                .formatted(file, backup.entries().size(), backup.revision(), backup.checksum()),
            ""));
  }
}

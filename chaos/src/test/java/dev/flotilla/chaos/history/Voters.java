package dev.flotilla.chaos.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// Three voters of a store on an island of their own; none of them is started yet.
record Voters(Island island, List<Server> servers) implements AutoCloseable {

  /// @param directory for what they write
  static Voters on(Path directory) throws IOException {
    var island = Island.make();
    var group = UUID.randomUUID().toString();
    var servers =
        Crowd.VOTERS.stream().map(voter -> new Server(island, group, voter, directory)).toList();
    return new Voters(island, servers);
  }

  /// The last words of their logs, for a failure's message.
  String lastWords() {
    return servers.stream().map(Server::lastWords).collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    servers.forEach(Server::close);
    island.close();
  }
}

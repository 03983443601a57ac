package dev.flotilla.operator.cli;

import dev.flotilla.operator.cli.EveryVerbTest.Call;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.document.Refusal;
import dev.flotilla.operator.document.StoreComparison;
import dev.flotilla.operator.document.StoreContents;
import dev.flotilla.operator.document.StoreRestored;
import dev.flotilla.operator.document.VoterState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What an API server answers behind which three operators vote on the store.
final class PlayedStore {

  static final String HOME = "/api/v1/namespaces/flotilla-system/";
  static final String NOTES = HOME + "configmaps/flotilla-store";
  private static final List<String> ZONES = List.of("a", "b", "c");
  private static final List<String> VOTERS = List.of("a.1", "b.1", "c.2");

  private static final String BEHIND = HOME + "services/https:operator:api/proxy/v1/store/";

  /// Beside the classes, where every run may write.
  static final Path BACKUP = Path.of("target", "store-backup.json");

  static final StoreContents CONTENTS =
      StoreContents.of(
          "00000000-0000-0001-0000-000000000002",
          31,
          List.of(new StoreContents.Item("clusters/shop/search/resource", "v1 uid=u-1")));

  /// The ConfigMap after somebody wrote it.
  static final String CHANGED =
      """
      {"apiVersion": "v1", "kind": "ConfigMap",
       "metadata": {"name": "flotilla-store", "namespace": "flotilla-system", "uid": "u-1",
                    "resourceVersion": "8"}}
      """;

  private PlayedStore() {}

  /// How the commands below `store` may end.
  static List<Call> calls() {
    var calls = new ArrayList<Call>();
    calls.add(Call.of(PlayedStore::sound, 0, "store members"));
    calls.add(Call.of(PlayedStore::oneLost, 0, "store members"));
    calls.add(Call.of(PlayedStore::changing, 0, "store members"));
    calls.add(Call.of(PlayedStore::twoLost, 3, "store members"));
    calls.add(Call.of(PlayedStore::alike, 0, "store compare"));
    calls.add(Call.of(PlayedStore::unlike, 3, "store compare"));
    calls.add(Call.of(PlayedStore::sound, 0, "store resume"));
    calls.add(Call.of(PlayedStore::alike, 0, "store resume"));
    calls.add(Call.of(PlayedStore::unlike, 0, "store resume --trust kubernetes"));
    calls.add(Call.of(PlayedStore::unlike, 3, "store resume"));
    calls.add(Call.of(PlayedStore::saved, 0, "store backup " + BACKUP));
    calls.add(Call.of(PlayedStore::broken, 3, "store backup " + BACKUP));
    calls.add(Call.of(PlayedStore::saved, 0, "store restore " + BACKUP));
    calls.add(Call.of(PlayedStore::ofAnother, 3, "store restore " + BACKUP));
    calls.add(Call.of(PlayedStore::ofAnother, 0, "store restore --foreign " + BACKUP));
    calls.add(Call.of(PlayedStore::sound, 0, "store replace-voter a"));
    calls.add(Call.of(PlayedStore::oneLost, 0, "store replace-voter c"));
    calls.add(Call.of(PlayedStore::oneLost, 3, "store replace-voter a"));
    for (String words :
        List.of("members", "compare", "resume", "backup x", "restore x", "replace-voter a")) {
      calls.add(Call.of(PlayedApiServer::close, 1, "store " + words));
      calls.add(Call.of(PlayedStore::sound, 2, "store " + words + " --colour"));
      calls.add(Call.of(server -> {}, 5, "store " + words));
      calls.add(Call.of(server -> server.refuse(403, "no"), 6, "store " + words));
    }
    return calls;
  }

  /// Nobody acts, and nothing differs.
  static void alike(PlayedApiServer server) {
    sound(server);
    notes(server, Map.of("halted", "it was restored"));
    PlayedOperator.announce(server);
    compares(server, List.of());
  }

  /// Nobody acts, and a member is not recorded.
  static void unlike(PlayedApiServer server) {
    alike(server);
    compares(
        server,
        List.of(
            new StoreComparison.Row(
                "shop/search",
                "NotRecorded",
                "search-data-a-abc123",
                "It exists, and the store does not know it.")));
  }

  private static void compares(PlayedApiServer server, List<StoreComparison.Row> rows) {
    server.answer(
        BEHIND + "comparison",
        Documents.json(new StoreComparison(2, 7, rows, List.of("shop/other"))));
  }

  /// The operator has something to save, and takes it back; the backup is there.
  static void saved(PlayedApiServer server) {
    save(server, CONTENTS);
  }

  /// The backup is one of another store.
  static void ofAnother(PlayedApiServer server) {
    save(server, CONTENTS.of("00000000-0000-0009-0000-000000000009"));
  }

  private static void save(PlayedApiServer server, StoreContents backup) {
    sound(server);
    PlayedOperator.announce(server);
    server.answer("GET " + BEHIND + "contents", Documents.json(CONTENTS.of("")));
    server.answer("POST " + BEHIND + "contents", Documents.json(new StoreRestored(1, 1, 0)));
    try {
      Files.writeString(BACKUP, Documents.json(backup));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The operator refuses.
  static void broken(PlayedApiServer server) {
    sound(server);
    PlayedOperator.announce(server);
    server.answer(BEHIND + "contents", 422, Documents.json(new Refusal("it cannot be read")));
  }

  /// All three take part, and one of them is two entries behind.
  static void sound(PlayedApiServer server) {
    notes(server, Map.of());
    pods(server, ZONES);
    voter(server, "a", "Follower", 40);
    voter(server, "b", "Leader", 40);
    voter(server, "c", "Follower", 38);
  }

  /// The one that leads takes in the next incarnation of another one.
  static void changing(PlayedApiServer server) {
    sound(server);
    voter(server, "b", "Leader", 40, true);
  }

  /// The pod of one operator is gone.
  static void oneLost(PlayedApiServer server) {
    sound(server);
    pods(server, List.of("a", "b"));
  }

  /// One pod is gone, another one does not answer.
  static void twoLost(PlayedApiServer server) {
    oneLost(server);
    voter(server, "a", "Candidate", 40);
    server.answer(
        proxy("b"),
        503,
        """
        {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 503,
         "message": "error trying to reach service: no route to host"}
        """);
  }

  /// What stands in the ConfigMap, and more.
  static void notes(PlayedApiServer server, Map<String, String> more) {
    server.answer(
        NOTES,
        """
        {"apiVersion": "v1", "kind": "ConfigMap",
         "metadata": {"name": "flotilla-store", "namespace": "flotilla-system", "uid": "u-1",
                      "resourceVersion": "7"},
         "data": {"epoch": "12", "holder": "operator-a/0123456789abcdef",
                  "group": "00000000-0000-0001-0000-000000000002",
                  "voters": "%s", "started": "%s"%s}}
        """
            .formatted(
                String.join(" ", VOTERS),
                String.join(" ", VOTERS),
                more.entrySet().stream()
                    .map(it -> ", \"%s\": \"%s\"".formatted(it.getKey(), it.getValue()))
                    .collect(Collectors.joining())));
  }

  private static void pods(PlayedApiServer server, List<String> zones) {
    server.answer(
        HOME + "pods",
        """
        {"apiVersion": "v1", "kind": "PodList", "metadata": {}, "items": [%s]}
        """
            .formatted(
                zones.stream()
                    .map(zone ->
                        """
                        {"metadata": {"name": "operator-%s", "labels": {"flotilla.dev/zone": "%s"}}}
                        """
                            .formatted(zone, zone))
                    .collect(Collectors.joining(","))));
  }

  private static void voter(PlayedApiServer server, String zone, String role, long applied) {
    voter(server, zone, role, applied, false);
  }

  private static void voter(
      PlayedApiServer server, String zone, String role, long applied, boolean changing) {
    var name = VOTERS.get(ZONES.indexOf(zone));
    var leader = role.equals("Candidate") ? "" : "b.1";
    server.answer(
        proxy(zone),
        Documents.json(
            new VoterState(
                zone, name, role, 3, leader, VOTERS, List.of(), changing, applied, applied, 7200,
                "")));
  }

  private static String proxy(String zone) {
    return HOME + "pods/operator-%s:8080/proxy/voter".formatted(zone);
  }
}
